package io.undertone.webapp.probe;

import static io.undertone.webapp.probe.InteractionServerStandIn.ACCEPTED;
import static io.undertone.webapp.probe.InteractionServerStandIn.NOT_FOUND;
import static io.undertone.webapp.probe.InteractionServerStandIn.NO_SERVER;
import static io.undertone.webapp.probe.InteractionServerStandIn.hangUp;
import static io.undertone.webapp.probe.InteractionServerStandIn.json;
import static io.undertone.webapp.probe.InteractionServerStandIn.status;
import static io.undertone.webapp.probe.InteractionServerStandIn.userData;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ProbeConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ProberTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T19:00:00.123Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ImpatientScheduler scheduler = new ImpatientScheduler();
    private InteractionServerStandIn server;
    private SightingNode sightings;

    @BeforeEach
    void start() throws IOException {
        sightings = SightingNode.alone(CLOCK);
        server = new InteractionServerStandIn();
    }

    @AfterEach
    void stop() {
        server.close();
        scheduler.shutdownNow();
        sightings.close();
    }

    @Test
    void aliveAtTheFirstAttempt() {
        ProbeAnswer answer = ask(server.config(), "A");

        assertThat(answer.fields())
                .containsExactly(
                        entry("interaction_id", ID),
                        entry("verdict", "alive"),
                        entry("route", true),
                        entry("reason", "accepted"),
                        entry("evidence", "server"),
                        entry("fault_code", ""),
                        entry("fault_string", ""),
                        entry("server", "A"),
                        entry("attempt", 1),
                        entry("attempts_max", 3),
                        entry("retry_after_ms", 0L),
                        entry("cached", false),
                        entry("checked_at", "2026-11-22T19:00:00Z"));
        assertThat(scheduler.waits()).isEmpty();
    }

    @Test
    void goneAfterAllAttemptsWithThePausesBetween() {
        server.answersProbesWith(json(NOT_FOUND));

        ProbeAnswer answer = ask(server.config(), "A");

        assertThat(answer.fields())
                .containsEntry("verdict", "gone")
                .containsEntry("route", false)
                .containsEntry("reason", "interaction_not_found")
                .containsEntry("evidence", "server")
                .containsEntry("fault_code", "100")
                .containsEntry("fault_string", "interaction with specified id was not found")
                .containsEntry("attempt", 3);
        assertThat(scheduler.waits()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThat(server.espRequests()).hasSize(3).allMatch(request -> request.contains("\"AppName\":\"A\""));
    }

    @Test
    void aSessionThatIsRestoredMeanwhileIsAlive() {
        server.answersProbesWith(json(NO_SERVER), json(NOT_FOUND), json(ACCEPTED));

        assertThat(ask(server.config(), "A").reason()).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    void unreachableWhileNoChatServerIsUp() {
        server.answersProbesWith(json(NO_SERVER));

        ProbeAnswer answer = ask(server.config(), "A");

        assertThat(answer.reason()).isEqualTo(Reason.NO_CHAT_SERVER);
        assertThat(answer.verdict().route()).isFalse();
        assertThat(answer.faultString()).isEqualTo("Not found by type");
        assertThat(answer.retryAfter()).isZero();
    }

    @Test
    void aSingleAttemptNeverSaysGone() {
        server.answersProbesWith(json(NOT_FOUND));

        assertThat(ask(server.config("Message", 1, Duration.ofSeconds(5), null), "A")
                        .reason())
                .isEqualTo(Reason.ONE_FAULT_ONLY);
    }

    @Test
    void goneIsNotSaidOfAServerThatNobodyNamed() {
        server.answersProbesWith(json(NOT_FOUND));

        ProbeAnswer answer = ask(server.config(), null);

        assertThat(answer.reason()).isEqualTo(Reason.NOT_ASKED_BY_NAME);
        assertThat(answer.server()).isEmpty();
    }

    @Test
    void nothingIsSentToAFinishedSession() {
        ProbeAnswer answer = probe(server.config(), new ProbeRequest(ID, "A", false));

        assertThat(answer.reason()).isEqualTo(Reason.OFFLINE);
        assertThat(answer.attempt()).isZero();
        assertThat(server.espRequests()).isEmpty();
    }

    @Test
    void aSilentServerIsUnknownNotDead() {
        server.answersProbesWith(server.silence());

        ProbeAnswer answer = ask(server.config("Message", 2, Duration.ofMillis(100), null), "A");

        assertThat(answer.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(answer.verdict().route()).isTrue();
    }

    @Test
    void theInteractionsOwnServerNameWinsOverTheWorkflows() {
        server.answersLookupsWith(userData("B", "1"));

        ProbeAnswer answer = ask(server.configWithLookup(), "A");

        assertThat(answer.server()).isEqualTo("B");
        assertThat(server.espRequests()).singleElement().asString().contains("\"AppName\":\"B\"");
    }

    @Test
    void theIdIsPercentEncodedInTheLookupsAddress() {
        probe(server.configWithLookup(), new ProbeRequest("a/b ?ü", null, null));

        assertThat(server.lookups()).containsExactly("/interactions/a%2Fb%20%3F%C3%BC");
    }

    @Test
    void aSessionRestoredElsewhereIsMovedAndAskedAboutAgain() {
        server.answersProbesWith(json(NOT_FOUND));
        server.answersLookupsWith(userData("A", "1"), userData("B", "1"));

        ProbeAnswer answer = ask(server.configWithLookup(), null);

        assertThat(answer.reason()).isEqualTo(Reason.MOVED);
        assertThat(answer.verdict().route()).isTrue();
        assertThat(answer.server()).isEqualTo("B");
        assertThat(answer.attempt()).isEqualTo(1);
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aSessionThatFinishesBetweenAttemptsIsOffline() {
        server.answersProbesWith(json(NOT_FOUND));
        server.answersLookupsWith(userData("A", "1"), userData("A", "0"));

        assertThat(ask(server.configWithLookup(), null).reason()).isEqualTo(Reason.OFFLINE);
    }

    @Test
    void aWorkflowThatSaysTheSessionFinishedIsBelieved() {
        server.answersLookupsWith(userData("A", "1"));

        assertThat(probe(server.configWithLookup(), new ProbeRequest(ID, "A", false))
                        .reason())
                .isEqualTo(Reason.OFFLINE);
    }

    @Test
    void nobodyIsKeptWaitingByAServerThatStops() {
        server.answersProbesWith(json(NOT_FOUND));
        ScheduledThreadPoolExecutor unhurried = new ScheduledThreadPoolExecutor(1);
        try {
            Prober prober = Prober.of(
                    server.config(),
                    sightings.sightings(),
                    BrokenMemory.alone(),
                    new Timing(unhurried, CLOCK, Ticker.systemTicker()),
                    meters);
            CompletableFuture<ProbeAnswer> waiting =
                    prober.probe(new ProbeRequest(ID, "A", null)).toCompletableFuture();
            Awaitility.await().until(() -> !unhurried.getQueue().isEmpty());
            prober.stop();

            assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join().reason()).isEqualTo(Reason.INTERNAL_ERROR);
        } finally {
            unhurried.shutdownNow();
        }
    }

    @Test
    void theInteractionIsReadAgainBeforeEveryAttemptAndBeforeItIsStopped() {
        server.answersProbesWith(json(NOT_FOUND));
        server.answersLookupsWith(userData("A", "1"));

        assertThat(ask(server.configWithLookup(), null).reason()).isEqualTo(Reason.INTERACTION_NOT_FOUND);
        assertThat(server.lookups()).hasSize(4);
    }

    @Test
    void goneIsNotSaidWhenTheLastLookupFailed() {
        server.answersProbesWith(json(NOT_FOUND));
        server.answersLookupsWith(userData("A", "1"), userData("A", "1"), hangUp());

        ProbeAnswer answer = ask(server.configWithLookup(), null);

        assertThat(answer.reason()).isEqualTo(Reason.LOOKUP_FAILED);
        assertThat(answer.server()).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no JSON",
                "{\"ChatServerAppName\":\"\"}",
                "{\"ChatServerAppName\":\"A\\n\"}",
                "{\"ChatServerAppName\":{}}"
            })
    void aLookupThatNamesNoServerLeavesTheWorkflowsNameButStopsNothing(String userData) {
        server.answersProbesWith(json(NOT_FOUND));
        server.answersLookupsWith(json(userData.replace("\\n", "\\u0007")));

        ProbeAnswer answer = ask(server.configWithLookup(), "C");

        assertThat(answer.reason()).isEqualTo(Reason.LOOKUP_FAILED);
        assertThat(answer.server()).isEqualTo("C");
    }

    @Test
    void aFailingLookupDoesNotKeepALiveChatFromBeingFound() {
        server.answersLookupsWith(status(404, "{\"ChatServerAppName\":\"B\"}"));

        ProbeAnswer answer = ask(server.configWithLookup(), "A");

        assertThat(answer.reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(answer.server()).isEqualTo("A");
    }

    @Test
    void withoutAnAddressEveryVerdictIsUnknown() {
        ProbeAnswer answer = ask(ProbeConfig.DEFAULT, "A");

        assertThat(answer.reason()).isEqualTo(Reason.NOT_CONFIGURED);
        assertThat(answer.verdict().route()).isTrue();
        assertThat(answer.attempt()).isZero();
    }

    @Test
    void whenNoFurtherAttemptCanBeStartedTheChatIsRouted() {
        server.answersProbesWith(json(NOT_FOUND));
        scheduler.shutdownNow();

        ProbeAnswer answer = ask(server.config(), "A");

        assertThat(answer.reason()).isEqualTo(Reason.INTERNAL_ERROR);
        assertThat(answer.verdict().route()).isTrue();
    }

    @Test
    void verdictsAndRequestsAreCounted() {
        server.answersProbesWith(json(NOT_FOUND));

        ask(server.config(), "A");

        assertThat(meters.get("undertone.probe")
                        .tags("verdict", "gone", "reason", "interaction_not_found")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("undertone.probe.requests").counter().count()).isEqualTo(3);
    }

    @Test
    void aLookupAddressWithoutAPlaceForTheIdIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpInteractionLookup(
                        "http://127.0.0.1/interactions", new BoundedHttp(Duration.ofSeconds(5)), Set.of(), Set.of()))
                .withMessageContaining("write {InteractionId} where the id goes");
    }

    private ProbeAnswer ask(ProbeConfig config, @Nullable String chatServerAppName) {
        return probe(config, new ProbeRequest(ID, chatServerAppName, null));
    }

    private ProbeAnswer probe(ProbeConfig config, ProbeRequest request) {
        return Prober.of(config, sightings.sightings(), BrokenMemory.alone(), scheduler.timing(CLOCK), meters)
                .probe(request)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static Map.Entry<String, Object> entry(String key, Object value) {
        return Map.entry(key, value);
    }
}
