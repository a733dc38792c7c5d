package io.undertone.webapp.probe;

import static io.undertone.webapp.probe.InteractionServerStandIn.NOT_FOUND;
import static io.undertone.webapp.probe.InteractionServerStandIn.NO_SERVER;
import static io.undertone.webapp.probe.InteractionServerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.servlet.ChatListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class SightingsTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final String OTHER = "0006Ka9HFHRR0T2C";

    private final SettableClock clock = new SettableClock("2026-11-22T19:00:00Z");
    private final ImpatientScheduler scheduler = new ImpatientScheduler();
    private final SightingNode node = SightingNode.alone(clock);
    private final Sightings sightings = node.sightings();
    private InteractionServerStandIn server;

    @BeforeEach
    void start() throws IOException {
        server = new InteractionServerStandIn();
    }

    @AfterEach
    void stop() {
        server.close();
        scheduler.shutdownNow();
        node.close();
    }

    private CompletableFuture<ProbeAnswer> asking() {
        return Prober.of(
                        server.config(),
                        sightings,
                        BrokenMemory.alone(),
                        scheduler.timing(clock),
                        new SimpleMeterRegistry())
                .probe(new ProbeRequest(ID, "A", true))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS);
    }

    /** What the chat server was told to say in the chat, at one of the attempts. */
    private String textOf(int attempt) {
        await().until(() -> server.espRequests().size() >= attempt);
        return JsonMapper.shared()
                .readTree(server.espRequests().get(attempt - 1))
                .at("/Parameters/MessageText")
                .asString();
    }

    @Test
    void aServerThatSaysNothingIsOverruledByWhatTheCustomerWasSent() {
        server.answersProbesWith(server.silence());
        CompletableFuture<ProbeAnswer> asked = asking();
        String text = textOf(1);
        node.hides(text, ID);

        assertThat(text).matches("#undertone# [A-Za-z0-9_-]{59}");
        assertThat(asked.join().fields())
                .containsEntry("verdict", "alive")
                .containsEntry("route", true)
                .containsEntry("reason", "sighted")
                .containsEntry("evidence", "customer")
                .containsEntry("attempt", 1)
                .containsEntry("customer_last_poll_ms", 0L);
        assertThat(asked.join().fields().toString()).doesNotContain(text);
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aServerThatLiesIsOverruledByWhatTheCustomerWasSent(String lie) {
        server.answersProbesWith(json(lie), exchange -> {
            node.hides(textOf(1), ID);
            json(lie).reply(exchange);
        });

        assertThat(asking().join().reason()).isEqualTo(Reason.SIGHTED);
    }

    private static List<String> lies() {
        return List.of(NOT_FOUND, NO_SERVER, "garbage");
    }

    @Test
    void aSightingThatCameBetweenTwoQuestionsTurnsTheSecondTowardsAliveAndCountsOnce() {
        server.answersProbesWith(json(NOT_FOUND));
        assertThat(asking().join().verdict()).isEqualTo(Verdict.GONE);

        node.hides(textOf(2), ID);
        clock.pass(Duration.ofSeconds(5));
        assertThat(sightings.unused(ID)).isPresent();
        assertThat(asking().join().fields())
                .containsEntry("reason", "sighted")
                .containsEntry("customer_last_poll_ms", 5_000L);
        assertThat(sightings.unused(ID)).isEmpty();

        node.hides(textOf(2), ID);
        node.hides(textOf(3), ID);
        assertThat(asking().join().verdict()).isEqualTo(Verdict.GONE);
    }

    @Test
    void aSightingThatIsTooOldIsNotUsed() {
        server.answersProbesWith(json(NOT_FOUND));
        asking().join();
        node.hides(textOf(1), ID);
        clock.pass(Sightings.PENDING.plusSeconds(1));

        assertThat(sightings.unused(ID)).isEmpty();
        assertThat(asking().join().verdict()).isEqualTo(Verdict.GONE);
    }

    @Test
    void aProbeThatTheServerAcceptedProvesNothingLater() {
        asking().join();
        server.answersProbesWith(json(NOT_FOUND));
        node.hides(textOf(1), ID);

        assertThat(asking().join().verdict()).isEqualTo(Verdict.GONE);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatNoPersonWroteCounts(SenderKind sender) {
        String text = sightings.next(ID);
        node.hides(text, null, sender, Audience.CUSTOMER);
        assertThat(sightings.unused(ID).isPresent())
                .isEqualTo(sender == SenderKind.EXTERNAL || sender == SenderKind.SYSTEM);

        String another = sightings.next(OTHER);
        node.hides(another, OTHER, sender, Audience.CUSTOMER);
        assertThat(sightings.unused(OTHER).isPresent())
                .isEqualTo(
                        sender == SenderKind.EXTERNAL || sender == SenderKind.SYSTEM || sender == SenderKind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"CUSTOMER,true", "AGENT,false", "SUPERVISOR,false"})
    void onlyWhatACustomerWasSentCounts(Audience audience, boolean counts) {
        node.hides(sightings.next(ID), ID, SenderKind.EXTERNAL, audience);
        sightings.asked(SightingNode.route(audience), ID);

        assertThat(sightings.unused(ID).isPresent()).isEqualTo(counts);
        assertThat(sightings.signs(ID).isPresent()).isEqualTo(counts);
    }

    @Test
    void aTokenThatStandsInAnotherChatIsRefused() {
        node.hides(sightings.next(ID), "chat-1");
        assertThat(sightings.unused(ID)).isPresent();
        sightings.settle(ID);

        String text = sightings.next(ID);
        node.hides(text, "chat-2");
        assertThat(sightings.unused(ID)).as("in another chat").isEmpty();

        node.hides(sightings.next(OTHER), "chat-1");
        assertThat(sightings.unused(OTHER))
                .as("in the first interaction's chat")
                .isEmpty();

        node.hides(text, "chat-1");
        assertThat(sightings.unused(ID)).as("in its own").isPresent();
    }

    @Test
    void theCustomersLastRequestIsKnownByTheChatThatASightingTiedToTheInteraction() {
        sightings.asked(SightingNode.route(Audience.CUSTOMER), "chat-1");
        assertThat(sightings.signs(ID)).isEmpty();

        node.hides(sightings.next(ID), "chat-1");
        clock.pass(Duration.ofSeconds(30));
        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ofSeconds(30), false, false));

        sightings.asked(SightingNode.route(Audience.CUSTOMER), "chat-1");
        clock.pass(Duration.ofSeconds(3));
        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ofSeconds(3), false, false));
    }

    @Test
    void aSightingBetweenTwoAttemptsEndsTheWaitAtOnce() {
        ManualTime time = new ManualTime();
        server.answersProbesWith(json(NO_SERVER));
        CompletableFuture<ProbeAnswer> asked = Prober.of(
                        server.config(), sightings, BrokenMemory.alone(), time.timing(), new SimpleMeterRegistry())
                .probe(new ProbeRequest(ID, "A", true));
        await().until(() -> time.waiting() == 1);

        node.hides(textOf(1), ID);
        await().until(() -> time.waiting() == 2);
        time.advance(Duration.ZERO);

        assertThat(asked.orTimeout(20, TimeUnit.SECONDS).join().reason()).isEqualTo(Reason.SIGHTED);
        assertThat(server.espRequests()).hasSize(1);
        assertThat(time.waiting()).as("what would still be done").isZero();
    }

    @Test
    void whoDropsTheLatestRequestIsGoneUntilTheNextOne() {
        ChatListener first = sightings.asked(SightingNode.route(Audience.CUSTOMER), ID);
        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ZERO, false, false));

        first.left();
        clock.pass(Duration.ofSeconds(5));
        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ofSeconds(5), false, true));

        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID);
        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ZERO, false, false));
    }

    @Test
    void aBrowserThatDropsAnOldRequestForANewOneIsStillThere() {
        ChatListener old = sightings.asked(SightingNode.route(Audience.CUSTOMER), ID);
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID);
        old.left();

        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ZERO, false, false));
    }

    @Test
    void whoIsSentAProbeAfterTheyLeftIsBack() {
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID).left();
        clock.pass(Duration.ofSeconds(1));
        node.hides(sightings.next(ID), ID);

        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ZERO, false, false));
    }

    @Test
    void thatTheChatEndedIsKnownByItsChatAndStaysKnown() {
        node.hides(sightings.next(ID), "chat-1");
        sightings.asked(SightingNode.route(Audience.CUSTOMER), "chat-1").ended();
        sightings.asked(SightingNode.route(Audience.CUSTOMER), "chat-1");

        assertThat(sightings.signs(ID)).contains(new CustomerSigns(Duration.ZERO, true, false));
    }

    @Test
    void onlyThatTheChatSystemAnsweredWellIsAnAnswer() {
        ChatListener first = sightings.asked(SightingNode.route(Audience.CUSTOMER), ID);
        clock.pass(Duration.ofSeconds(1));
        first.left();
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID).ended();
        node.hides(sightings.next(ID), ID);
        assertThat(sightings.answeredAt(ID)).isEmpty();

        long answeredAt = SightingNode.tick(clock);
        first.goesOn();
        clock.pass(Duration.ofSeconds(1));
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID).left();
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID).ended();
        node.hides(sightings.next(ID), ID);
        assertThat(sightings.answeredAt(ID)).hasValue(answeredAt);
        assertThat(sightings.answeredAt(OTHER)).isEmpty();
    }

    @Test
    void theLastAnswerIsKnownByTheChatThatASightingTiedToTheInteraction() {
        sightings.asked(SightingNode.route(Audience.CUSTOMER), "chat-1").goesOn();
        assertThat(sightings.answeredAt(ID)).isEmpty();

        node.hides(sightings.next(ID), "chat-1");
        assertThat(sightings.answeredAt(ID)).hasValue(SightingNode.tick(clock));

        clock.pass(Duration.ofSeconds(1));
        sightings.asked(SightingNode.route(Audience.CUSTOMER), ID).goesOn();
        assertThat(sightings.answeredAt(ID)).as("the later of both").hasValue(SightingNode.tick(clock));
    }

    @ParameterizedTest
    @CsvSource({"CUSTOMER,true", "AGENT,false", "SUPERVISOR,false"})
    void onlyWhatACustomerIsAnsweredCounts(Audience audience, boolean counts) {
        sightings.asked(SightingNode.route(audience), ID).goesOn();

        assertThat(sightings.answeredAt(ID).isPresent()).isEqualTo(counts);
    }

    @Test
    void aTokenThatNobodyIssuedIsNoSighting() {
        sightings.next(ID);
        node.hides(new ProbeTokens(clock).issue(ID), ID);
        node.hides("x".repeat(59), ID);

        assertThat(sightings.unused(ID)).isEmpty();
    }
}
