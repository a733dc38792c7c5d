package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat system answers the customer well while the server that the workflow names does not know the chat. */
class AnsweredCustomerTest extends OneShotScene {
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** How the server that is named denies the chat, and in what words the chat is stopped then. */
    private record Denial(EspOutcome outcome, String stop) {}

    private static List<Denial> denials() {
        return List.of(
                new Denial(NOT_FOUND, "gone interaction_not_found stop 3/3 retry 0"),
                new Denial(NO_SERVER, "unreachable no_chat_server stop 3/3 retry 0"));
    }

    private String askThreeTimes(EspOutcome outcome) {
        ask("A", outcome);
        time.advance(INTERVAL);
        ask("A", outcome);
        time.advance(INTERVAL);
        return ask("A", outcome);
    }

    @ParameterizedTest
    @MethodSource("denials")
    void whoseCustomerIsAnsweredAfterTheFirstAttemptIsRouted(Denial denial) {
        ask("A", denial.outcome());
        time.advance(MOMENT);
        answerCustomer();
        time.advance(INTERVAL);
        ask("A", denial.outcome());
        time.advance(INTERVAL);

        assertThat(ask("A", denial.outcome())).isEqualTo("unknown customer_answered route 3/3 retry 0");
    }

    @ParameterizedTest
    @MethodSource("denials")
    void anAnswerFromBeforeTheFirstAttemptSaysNothing(Denial denial) {
        answerCustomer();
        time.advance(MOMENT);

        assertThat(askThreeTimes(denial.outcome())).isEqualTo(denial.stop());
    }

    @ParameterizedTest
    @MethodSource("denials")
    void aChatThatDiesAfterItWasRoutedIsStoppedByTheNextQuestion(Denial denial) {
        whoseCustomerIsAnsweredAfterTheFirstAttemptIsRouted(denial);
        time.advance(MOMENT);

        assertThat(askThreeTimes(denial.outcome())).isEqualTo(denial.stop());
    }

    @ParameterizedTest
    @MethodSource("denials")
    void aPatientQuestionLearnsOfItUpToItsLastAttempt(Denial denial) {
        outcomes.addAll(List.of(denial.outcome(), denial.outcome()));
        CompletableFuture<ProbeAnswer> asked = prober.probe(new ProbeRequest(ID, "A", null));
        time.advance(INTERVAL);
        time.advance(INTERVAL);
        assertThat(held).as("the last attempt, under way").hasSize(1);
        answerCustomer();
        held.get(0).complete(denial.outcome());

        assertThat(described(asked.join())).isEqualTo("unknown customer_answered route 3/3 retry 0");
    }

    @Test
    void aSilentServerMayHaveHadTheChatWhenTheCustomerWasAnswered() {
        ask("A", TIMED_OUT);
        time.advance(MOMENT);
        answerCustomer();
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);

        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0");
    }

    @Test
    void aServerThatIsBackWithoutTheChatIsJudgedByWhatItSaysItself() {
        ask("A", NO_SERVER);
        time.advance(MOMENT);
        answerCustomer();
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);

        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0");
    }

    @Test
    void whatIsRememberedIsNotBelievedOfAChatThatLivedLater() {
        stop(NOT_FOUND);
        time.advance(MOMENT);
        answerCustomer();
        time.advance(INTERVAL);

        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND))
                .as("it has died since")
                .isEqualTo("gone interaction_not_found stop 3/3 retry 0");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @Test
    void whatIsRememberedIsNotBelievedOfAChatThatLivesWhileItIsBorneOut() {
        stop(NOT_FOUND);
        time.advance(INTERVAL);
        CompletableFuture<ProbeAnswer> asked = prober.probe(oneShot("A", null));
        time.advance(MOMENT);
        answerCustomer();
        held.get(0).complete(NOT_FOUND);

        assertThat(described(asked.join())).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatIsRememberedIsBelievedOfAChatThatLivedBeforeIt() {
        answerCustomer();
        time.advance(MOMENT);
        stop(NOT_FOUND);

        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionThatFinishedIsOfflineWhoeverIsAnswered(boolean isAnswered) {
        if (isAnswered) {
            answerCustomer();
        }
        ProbeRequest finished = new ProbeRequest(ID, "A", false, Map.of(), Mode.ONE_SHOT, null, null);

        assertThat(described(prober.probe(finished).join())).isEqualTo("offline offline stop 0/3 retry 0");
    }

    @Test
    void nobodyIsAliveForThatAlone() {
        ask("A", NOT_FOUND);
        time.advance(MOMENT);
        answerCustomer();
        time.advance(INTERVAL);

        assertThat(ask("A", TIMED_OUT)).isEqualTo("unknown timed_out route 2/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", TIMED_OUT)).isEqualTo("unknown timed_out route 3/3 retry 0");
    }
}
