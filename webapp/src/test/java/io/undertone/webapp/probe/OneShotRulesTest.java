package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator says of probes, and what else is known of a chat. */
class OneShotRulesTest extends OneShotScene {
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
    void silenceIsNoEvidence() {
        ask("A", TIMED_OUT);
        time.advance(INTERVAL);
        ask("A", TIMED_OUT);
        time.advance(INTERVAL);
        assertThat(ask("A", TIMED_OUT)).isEqualTo("unknown timed_out route 3/3 retry 0");
    }
}
