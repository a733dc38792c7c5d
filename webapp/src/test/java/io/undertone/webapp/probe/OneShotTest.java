package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Questions whose caller waits between them. */
class OneShotTest extends OneShotScene {
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
    void aFaultFromBeforeTheServerFellSaysNothingOfTheSessionBehindIt() {
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 3/3 retry 0");
    }

    @Test
    void twoServersOfOneNameAreTwo() {
        assertThat(askAt("19110", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(askAt("19111", NOT_FOUND)).startsWith("moved moved route");
        time.advance(INTERVAL);
        assertThat(askAt("19111", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    private String askAt(String port, EspOutcome outcome) {
        outcomes.add(outcome);
        Map<String, String> address = Map.of("ChatServerHost", "localhost", "ChatServerPort", port);
        return described(prober.probe(new ProbeRequest(ID, "A", null, address, Mode.ONE_SHOT, null, null))
                .join());
    }

    @Test
    void whoPassesAnAddressWithoutANameIsAskedAtThatAddress() {
        for (String port : List.of("19110", "19110", "19111")) {
            outcomes.add(NO_SERVER);
            Map<String, String> address = Map.of("ChatServerHost", "localhost", "ChatServerPort", port);
            ProbeAnswer answer = prober.probe(new ProbeRequest(ID, null, null, address, Mode.ONE_SHOT, null, null))
                    .join();
            assertThat(answer.route()).as(port).isTrue();
            time.advance(INTERVAL);
        }
    }

    @Test
    void theOneWordOfAnAnswerStopsNoChatWhileThereIsMoreToAsk() {
        ProbeAnswer first = answerTo("A", NO_SERVER);
        assertThat(described(first)).startsWith("unreachable no_chat_server route 1/3");
        assertThat(first.word()).isEqualTo("unknown");
        time.advance(INTERVAL);
        answerTo("A", NO_SERVER);
        time.advance(INTERVAL);
        assertThat(answerTo("A", NO_SERVER).word()).isEqualTo("unreachable");
    }
}
