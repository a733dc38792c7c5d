package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions whose caller waits between them, and what is remembered from one to the next. */
class OneShotTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final EspOutcome ACCEPTED = new EspOutcome.Accepted();
    private static final EspOutcome NOT_FOUND = new EspOutcome.Fault("100", "not found");
    private static final EspOutcome NO_SERVER = new EspOutcome.NoServer("1", "Not found by type");
    private static final EspOutcome TIMED_OUT = new EspOutcome.TimedOut();

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LocalVerdictMemory memory = new LocalVerdictMemory(new BrokenMemory());
    private final Deque<EspOutcome> outcomes = new ArrayDeque<>();
    private final List<CompletableFuture<EspOutcome>> held = new ArrayList<>();
    private final Set<String> sighted = new HashSet<>();
    private Prober prober = prober("");

    private Prober prober(String options) {
        return prober(options, InteractionLookup.NONE);
    }

    private Prober prober(String options, InteractionLookup lookup) {
        ProbeConfig config = ConfigReader.parse("probe: {url: 'http://is/', %s}".formatted(options), Map.of())
                .probe();
        ProbeTransport transport = (interactionId, interaction) -> {
            CompletableFuture<EspOutcome> outcome = new CompletableFuture<>();
            if (outcomes.isEmpty()) {
                held.add(outcome);
            } else {
                outcome.complete(outcomes.remove());
            }
            return outcome;
        };
        Inquiries inquiries = new Inquiries(
                transport,
                lookup,
                customers(),
                new ProbeMemory(memory, InquiryMemory.NONE),
                config,
                time.timing(),
                meters);
        return new Prober(inquiries, customers(), config, time.timing(), meters);
    }

    @Test
    void evidenceCountsFromOneQuestionToTheNext() {
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown ask_again route 2/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0");
    }

    @Test
    void unreachableRoutesUntilTheLastAttempt() {
        assertThat(ask("A", NO_SERVER)).isEqualTo("unreachable no_chat_server route 1/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NO_SERVER)).isEqualTo("unreachable no_chat_server route 2/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NO_SERVER)).isEqualTo("unreachable no_chat_server stop 3/3 retry 0");
    }

    @Test
    void aQuestionThatComesTooEarlyIsNoFurtherAttempt() {
        ask("A", NOT_FOUND);
        for (int early = 1; early <= 9; early++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(ask("A"))
                    .isEqualTo("unknown one_fault_only route 1/3 retry %d cached".formatted(10_000 - early * 1000));
        }
        assertThat(held).isEmpty();
    }

    @Test
    void whoWaitsAsLongAsTheyAreToldIsNotEarly() {
        ask("A", NOT_FOUND);
        time.advance(Duration.ofNanos(3_999_999_999L));
        ProbeAnswer early = answer("A", null);
        assertThat(early.fields()).containsEntry("retry_after_ms", 6001L);
        time.advance(Duration.ofMillis(6001));
        assertThat(ask("A", NOT_FOUND)).startsWith("unknown ask_again route 2/3");
    }

    @Test
    void attemptsOfLongAgoDoNotCount() {
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(Duration.ofSeconds(61));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void anInteractionThatNamesAnotherServerHasMovedAndIsAskedAboutAnew() {
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("B")).isEqualTo("moved moved route 2/3 retry 10000");
        assertThat(ask("B", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whoNamesTheServerThatASessionHasLeftStopsNoChatThatLivesOnAnother() {
        assertThat(ask("B", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("moved moved route 3/3 retry 10000");
    }

    @Test
    void whatIsRememberedOfOneServerStopsNoChatThatLivesOnAnother() {
        stop(NOT_FOUND);
        assertThat(ask("B", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).contains(" route ");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).contains(" route ");
    }

    @Test
    void anInteractionThatMovesWhileTheLastProbeIsUnderWayIsNotStopped() {
        String[] server = {"A"};
        InteractionLookup lookup =
                (interactionId, known) -> CompletableFuture.completedFuture(new Interaction(server[0], true, true));
        prober = prober("", lookup);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        CompletableFuture<ProbeAnswer> last = prober.probe(oneShot("A", null));
        server[0] = "B";
        held.get(0).complete(NOT_FOUND);

        assertThat(described(last.join())).isEqualTo("moved moved route 2/3 retry 10000");
        assertThat(ask("A", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
    }

    @Test
    void anInteractionThatCannotBeReadAfterTheLastProbeIsNotStopped() {
        boolean[] isReadable = {true};
        InteractionLookup lookup =
                (interactionId, known) -> CompletableFuture.completedFuture(isReadable[0] ? known : known.outdated());
        prober = prober("", lookup);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        CompletableFuture<ProbeAnswer> last = prober.probe(oneShot("A", null));
        isReadable[0] = false;
        held.get(0).complete(NO_SERVER);

        assertThat(described(last.join())).isEqualTo("unknown lookup_failed route 3/3 retry 0");
    }

    @Test
    void whatIsRememberedEndsWhenTheSessionIsFoundAliveOnAnyServer() {
        stop(NOT_FOUND);
        ask("B", ACCEPTED);
        time.advance(Duration.ofMinutes(2));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void aLifeOfLongAgoOnAnotherServerKeepsNoChatFromBeingStopped() {
        ask("B", ACCEPTED);
        time.advance(Duration.ofMinutes(2));
        stop(NOT_FOUND);
    }

    @Test
    void goneIsRememberedAndBorneOutByOneProbe() {
        stop(NOT_FOUND);
        time.advance(Duration.ofMinutes(4));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @Test
    void whatIsRememberedOfASessionThatIsRestoredIsForgotten() {
        stop(NOT_FOUND);
        assertThat(ask("A", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatIsRememberedSaysNothingOfAnotherServer() {
        stop(NOT_FOUND);
        assertThat(ask("B", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatIsRememberedExpires() {
        stop(NOT_FOUND);
        time.advance(Duration.ofMinutes(5));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void thatAServerWasDownIsNotRemembered() {
        stop(NO_SERVER);
        time.advance(Duration.ofSeconds(1));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NO_SERVER)).isEqualTo("unknown answers_differ route 2/3 retry 10000");
    }

    @Test
    void anotherProcessCanBearOutWhatWasRemembered() {
        stop(NOT_FOUND);
        prober = prober("");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @Test
    void aServerThatComesBackWithoutTheSessionIsAskedAsOftenAsAnyOther() {
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void anAnswerThatTakesTooLongIsPendingAndCountsWhenItComes() {
        CompletableFuture<ProbeAnswer> answer = prober.probe(oneShot("A", null));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofSeconds(1));
        assertThat(described(answer.join())).isEqualTo("unknown pending route 0/3 retry 2000");

        held.get(0).complete(NOT_FOUND);
        time.advance(Duration.ofSeconds(2));
        assertThat(ask("A")).isEqualTo("unknown one_fault_only route 1/3 retry 8000 cached");
    }

    @Test
    void whoAsksWithTheSameKnowledgeMeanwhileSharesTheProbe() {
        CompletableFuture<ProbeAnswer> first = prober.probe(oneShot("A", null));
        CompletableFuture<ProbeAnswer> second = prober.probe(new ProbeRequest(ID, "A", null));
        assertThat(held).hasSize(1);
        held.get(0).complete(ACCEPTED);
        assertThat(described(first.join())).isEqualTo(described(second.join()));
    }

    @Test
    void whoKnowsAnotherServerDoesNotShareTheVerdict() {
        CompletableFuture<ProbeAnswer> outOfDate = prober.probe(oneShot("A", null));
        CompletableFuture<ProbeAnswer> current = prober.probe(oneShot("B", null));
        held.get(0).complete(NOT_FOUND);
        assertThat(described(outOfDate.join())).startsWith("unknown one_fault_only");
        assertThat(described(current.join())).startsWith("moved");
    }

    @Test
    void aPatientQuestionIsBoundedByItsCallersTime() {
        outcomes.add(NO_SERVER);
        CompletableFuture<ProbeAnswer> answer =
                prober.probe(new ProbeRequest(ID, "A", null, Map.of(), Mode.PATIENT, Duration.ofSeconds(4), null));
        time.advance(Duration.ofSeconds(4));
        assertThat(described(answer.join())).isEqualTo("unreachable no_chat_server route 1/3 retry 6000 cached");
        assertThat(time.waiting()).as("the next look was not taken back").isEqualTo(1);
        time.advance(INTERVAL);
        assertThat(held).as("nobody is asked for nobody").isEmpty();
    }

    @Test
    void twoPatientQuestionsAboutOneChatShareEveryAttempt() {
        outcomes.addAll(List.of(NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND));
        CompletableFuture<ProbeAnswer> first = prober.probe(new ProbeRequest(ID, "A", null));
        time.advance(Duration.ofSeconds(5));
        CompletableFuture<ProbeAnswer> second = prober.probe(new ProbeRequest(ID, "A", null));
        time.advance(Duration.ofSeconds(20));
        assertThat(first.join().reason()).isEqualTo(Reason.INTERACTION_NOT_FOUND);
        assertThat(second.join().reason()).isEqualTo(Reason.INTERACTION_NOT_FOUND);
        assertThat(outcomes).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aWorkflowThatAskedTooOftenIsSentOn() {
        ask("A", NOT_FOUND);
        assertThat(described(answer("A", 3))).isEqualTo("unknown one_fault_only route 1/3 retry 10000 cached");
        assertThat(described(answer("A", 4))).isEqualTo("unknown attempts_spent route 1/3 retry 0 cached");
    }

    @Test
    void theWorkflowsOwnCountIsNoEvidence() {
        outcomes.add(NO_SERVER);
        assertThat(described(answer("A", 3))).isEqualTo("unreachable no_chat_server route 1/3 retry 10000");
    }

    @Test
    void aliveIsRememberedForTheMinimumGap() {
        prober = prober("minGap: 5s");
        ask("A", ACCEPTED);
        time.advance(Duration.ofSeconds(4));
        assertThat(ask("A")).isEqualTo("alive accepted route 1/3 retry 0 cached");
        time.advance(Duration.ofSeconds(1));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatWouldStopAChatIsNeverToldWithoutAFreshProbe() {
        prober = prober("minGap: 5s, attempts: 2");
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).startsWith("gone");
        assertThat(ask("A", ACCEPTED)).startsWith("alive");
    }

    @Test
    void aSessionIsSentNoMoreProbesThanItsBudget() {
        prober = prober("budget: 2");
        ask("A", ACCEPTED);
        ask("A", ACCEPTED);
        assertThat(ask("A")).isEqualTo("unknown budget_spent route 0/3 retry 0");
        time.advance(Duration.ofMinutes(61));
        assertThat(ask("A", ACCEPTED)).startsWith("alive");
    }

    @Test
    void probesThatReachNoSessionCostNoBudget() {
        prober = prober("budget: 1, attempts: 2");
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).startsWith("gone");
    }

    @ParameterizedTest
    @CsvSource({"n+1", "warm-standby"})
    void whereSessionsAreRestoredElsewhereAPatientQuestionNeedsTheLookup(String ha) {
        prober = prober("ha: " + ha);
        outcomes.addAll(List.of(NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND));
        CompletableFuture<ProbeAnswer> answer = prober.probe(new ProbeRequest(ID, "A", null));
        time.advance(Duration.ofMinutes(1));
        assertThat(described(answer.join())).isEqualTo("unknown lookup_failed route 4/4 retry 0");
    }

    @Test
    void aFaultMeansWhatTheOperatorSays() {
        prober = prober("attempts: 2, faults: {'7': gone, '8': alive, '100': unknown}");
        assertThat(ask("A", new EspOutcome.Fault("8", ""))).startsWith("alive");
        ask("A", new EspOutcome.Fault("7", ""));
        time.advance(INTERVAL);
        assertThat(ask("A", new EspOutcome.Fault("7", ""))).startsWith("gone");
        ask("B", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("B", NOT_FOUND)).startsWith("unknown other_fault route 2/2 retry 0");
    }

    @Test
    void inShadowEverythingRoutesAndWhatItWouldHaveBeenIsTold() {
        prober = prober("shadow: true, attempts: 2");
        ProbeAnswer first = answerTo("A", NOT_FOUND);
        time.advance(INTERVAL);
        ProbeAnswer second = answerTo("A", NOT_FOUND);

        assertThat(described(first)).isEqualTo("unknown one_fault_only route 1/2 retry 10000");
        assertThat(described(second)).isEqualTo("unknown shadow route 2/2 retry 0");
        assertThat(second.fields())
                .containsEntry("route", true)
                .containsEntry("evidence", "none")
                .containsEntry("shadow_verdict", "gone");
        assertThat(meters.get("undertone.probe.shadow")
                        .tags("verdict", "gone", "route", "false")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ReceivedAt, 2026-11-22T18:59:31Z, skipped_young",
        "ReceivedAt, 2026-11-22T20:59:31+02:00, skipped_young",
        "ReceivedAt, 2026-11-22T18:59:31, skipped_young",
        "ReceivedAt, 2026-11-22 18:59:31.5, skipped_young",
        "ReceivedAt, 1795373971, skipped_young",
        "ReceivedAt, 1795373971000, skipped_young",
        "ReceivedAt, 2026-11-22T18:59:30Z, accepted",
        "ReceivedAt, yesterday, accepted",
        "GCTI_Chat_AsyncStatus, 2, skipped_async",
        "GCTI_Chat_AsyncStatus, 0, accepted",
        "InTransfer, true, skipped_in_transfer",
        "InTransfer, False, accepted",
        "MediaType, sms, skipped_medium",
        "MediaType, Chat, accepted",
    })
    void aChatThatIsNotToBeDisturbedIsSentNothing(String key, String value, String reason) {
        prober = prober("skip: {youngerThan: 30s, async: true, inTransfer: true, media: [chat]}");
        outcomes.add(ACCEPTED);
        ProbeAnswer answer = prober.probe(
                        new ProbeRequest(ID, "A", null, Map.of(key, value), Mode.ONE_SHOT, null, null))
                .join();
        assertThat(answer.reason().wireName()).isEqualTo(reason);
        assertThat(answer.route()).isTrue();
        assertThat(outcomes).hasSize(reason.equals("accepted") ? 0 : 1);
    }

    @Test
    void nothingIsSkippedUnlessTheOperatorSaysSo() {
        assertThat(prober.userDataKeys()).isEmpty();
    }

    @Test
    void aMemoryThatIsOutOfOrderStopsNobody() {
        VerdictMemory broken = new BrokenMemory();
        ProbeConfig config = ConfigReader.parse("probe: {url: 'http://is/', attempts: 2}", Map.of())
                .probe();
        ProbeTransport transport = (interactionId, interaction) -> CompletableFuture.completedFuture(outcomes.remove());
        prober = new Prober(
                new Inquiries(
                        transport,
                        InteractionLookup.NONE,
                        customers(),
                        new ProbeMemory(broken, InquiryMemory.NONE),
                        config,
                        time.timing(),
                        meters),
                customers(),
                config,
                time.timing(),
                meters);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).startsWith("gone");
        assertThat(ask("A", ACCEPTED)).startsWith("alive");
    }

    @Test
    void aSightingWinsOverWhatTheServerIsSaidToBe() {
        ask("A", NO_SERVER);
        sighted.add(ID);
        assertThat(ask("A")).isEqualTo("alive sighted route 2/3 retry 0");
        time.advance(Duration.ofSeconds(1));
        assertThat(ask("A", NOT_FOUND)).as("it counts once").isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void aSightingEndsWhatIsRemembered() {
        stop(NOT_FOUND);
        sighted.add(ID);
        assertThat(ask("A")).startsWith("alive sighted");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void silenceIsNoEvidence() {
        ask("A", TIMED_OUT);
        time.advance(INTERVAL);
        ask("A", TIMED_OUT);
        time.advance(INTERVAL);
        assertThat(ask("A", TIMED_OUT)).isEqualTo("unknown timed_out route 3/3 retry 0");
    }

    private void stop(EspOutcome outcome) {
        ask("A", outcome);
        time.advance(INTERVAL);
        ask("A", outcome);
        time.advance(INTERVAL);
        assertThat(ask("A", outcome)).contains(" stop 3/3 retry 0");
    }

    private String ask(String server, EspOutcome... next) {
        outcomes.addAll(List.of(next));
        return described(answer(server, null));
    }

    private ProbeAnswer answerTo(String server, EspOutcome next) {
        outcomes.add(next);
        return answer(server, null);
    }

    private ProbeAnswer answer(String server, @Nullable Integer attempt) {
        CompletableFuture<ProbeAnswer> answer = prober.probe(oneShot(server, attempt));
        assertThat(answer).isDone();
        return answer.join();
    }

    private CustomerSide customers() {
        return new CustomerSide() {
            @Override
            public boolean useSighting(String interactionId) {
                return sighted.remove(interactionId);
            }

            @Override
            public CompletableFuture<Sighting> nextSighting(String interactionId) {
                return new CompletableFuture<>();
            }

            @Override
            public Optional<CustomerSigns> signs(String interactionId) {
                return Optional.empty();
            }
        };
    }

    private static ProbeRequest oneShot(String server, @Nullable Integer attempt) {
        return new ProbeRequest(ID, server, null, Map.of(), Mode.ONE_SHOT, null, attempt);
    }

    private static String described(ProbeAnswer answer) {
        Map<String, Object> fields = answer.fields();
        return "%s %s %s %s/%s retry %s%s"
                .formatted(
                        fields.get("verdict"),
                        fields.get("reason"),
                        answer.route() ? "route" : "stop",
                        fields.get("attempt"),
                        fields.get("attempts_max"),
                        fields.get("retry_after_ms"),
                        answer.cached() ? " cached" : "");
    }
}
