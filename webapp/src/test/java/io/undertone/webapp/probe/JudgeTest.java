package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.ProbeConfig;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final EspOutcome ACCEPTED = new EspOutcome.Accepted();
    private static final EspOutcome NOT_FOUND = new EspOutcome.Fault("100", "not found");
    private static final EspOutcome OTHER_FAULT = new EspOutcome.Fault("7", "");
    private static final EspOutcome NO_SERVER = new EspOutcome.NoServer("1", "Not found by type");
    private static final EspOutcome TIMED_OUT = new EspOutcome.TimedOut();
    private static final EspOutcome FAILED = new EspOutcome.Failed("ConnectException");
    private static final Interaction ON_A = new Interaction("A", true, true);
    private static final Interaction ON_B = new Interaction("B", true, true);
    private static final Interaction NAMELESS = new Interaction(null, null, true);

    @Test
    void aliveAsSoonAsTheServerAccepts() {
        assertThat(Judge.afterAsking(attempts(ON_A, NOT_FOUND, ACCEPTED), OptionalLong.empty(), false))
                .contains(Reason.ACCEPTED);
    }

    @Test
    void aliveEvenIfNoServerWasNamed() {
        assertThat(Judge.afterAsking(attempts(NAMELESS, ACCEPTED), OptionalLong.empty(), false))
                .contains(Reason.ACCEPTED);
    }

    @Test
    void nothingElseIsDecidedBeforeTheLastAttempt() {
        assertThat(Judge.afterAsking(attempts(ON_A, NOT_FOUND, NOT_FOUND), OptionalLong.empty(), false))
                .isEmpty();
        assertThat(Judge.afterAsking(attempts(ON_A, NO_SERVER, NO_SERVER), OptionalLong.empty(), false))
                .isEmpty();
    }

    @Test
    void goneAfterTwoFaultsOfTheNamedServerTheLastOfThemNow() {
        assertThat(verdictOf(ON_A, NOT_FOUND, NOT_FOUND)).isEqualTo(Reason.INTERACTION_NOT_FOUND);
        assertThat(verdictOf(ON_A, NOT_FOUND, TIMED_OUT, NOT_FOUND)).isEqualTo(Reason.INTERACTION_NOT_FOUND);
        assertThat(verdictOf(ON_A, NO_SERVER, NOT_FOUND, NOT_FOUND)).isEqualTo(Reason.INTERACTION_NOT_FOUND);
    }

    @Test
    void oneFaultIsNotEnough() {
        assertThat(verdictOf(ON_A, NOT_FOUND)).isEqualTo(Reason.ONE_FAULT_ONLY);
        assertThat(verdictOf(ON_A, NO_SERVER, NO_SERVER, NOT_FOUND)).isEqualTo(Reason.ONE_FAULT_ONLY);
    }

    @Test
    void anEarlierFaultDoesNotOutweighTheLastAttempt() {
        assertThat(verdictOf(ON_A, NOT_FOUND, NOT_FOUND, TIMED_OUT)).isEqualTo(Reason.TIMED_OUT);
        assertThat(verdictOf(ON_A, NOT_FOUND, NOT_FOUND, NO_SERVER)).isEqualTo(Reason.ANSWERS_DIFFER);
        assertThat(verdictOf(ON_A, NOT_FOUND, NOT_FOUND, OTHER_FAULT)).isEqualTo(Reason.OTHER_FAULT);
        assertThat(verdictOf(ON_A, NOT_FOUND, NOT_FOUND, FAILED)).isEqualTo(Reason.TRANSPORT_FAILED);
    }

    @Test
    void anyServersFaultProvesNothing() {
        assertThat(verdictOf(NAMELESS, NOT_FOUND, NOT_FOUND, NOT_FOUND)).isEqualTo(Reason.NOT_ASKED_BY_NAME);
    }

    @Test
    void faultsOfTwoServersDoNotAddUp() {
        List<Attempt> attempts =
                List.of(attempt(NAMELESS, NOT_FOUND), attempt(ON_A, TIMED_OUT), attempt(ON_A, NOT_FOUND));
        assertThat(Judge.afterAsking(attempts, OptionalLong.empty(), true)).contains(Reason.ONE_FAULT_ONLY);
    }

    @Test
    void unreachableWhenNoAttemptFoundAServer() {
        assertThat(verdictOf(ON_A, NO_SERVER, NO_SERVER, NO_SERVER)).isEqualTo(Reason.NO_CHAT_SERVER);
        assertThat(verdictOf(NAMELESS, NO_SERVER)).isEqualTo(Reason.NO_CHAT_SERVER);
        assertThat(verdictOf(ON_A, TIMED_OUT, NO_SERVER, NO_SERVER)).isEqualTo(Reason.ANSWERS_DIFFER);
    }

    @Test
    void aChatThatMayHaveMovedUnseenIsNotStopped() {
        assertThat(verdictOf(ON_A.outdated(), NOT_FOUND, NOT_FOUND)).isEqualTo(Reason.LOOKUP_FAILED);
        assertThat(verdictOf(ON_A.outdated(), NO_SERVER, NO_SERVER)).isEqualTo(Reason.LOOKUP_FAILED);
    }

    @Test
    void aFaultSeenWithoutKnowingTheOwnerDoesNotCount() {
        List<Attempt> attempts = List.of(attempt(ON_A.outdated(), NOT_FOUND), attempt(ON_A, NOT_FOUND));
        assertThat(Judge.afterAsking(attempts, OptionalLong.empty(), true)).contains(Reason.ONE_FAULT_ONLY);
    }

    @Test
    void anAnswerToTheCustomerCountsFromTheFirstAttemptThatTheVerdictRestsOn() {
        List<Attempt> attempts =
                List.of(attempt(ON_A, TIMED_OUT, 1), attempt(ON_A, NOT_FOUND, 3), attempt(ON_A, NOT_FOUND, 5));

        assertThat(Judge.afterAsking(attempts, at(2), true)).contains(Reason.INTERACTION_NOT_FOUND);
        assertThat(Judge.afterAsking(attempts, at(3), true)).contains(Reason.INTERACTION_NOT_FOUND);
        assertThat(Judge.afterAsking(attempts, at(4), true)).contains(Reason.CUSTOMER_ANSWERED);
        assertThat(Judge.afterAsking(attempts, at(6), true)).contains(Reason.CUSTOMER_ANSWERED);
        assertThat(Judge.afterAsking(attempts, at(6), false)).isEmpty();
    }

    private static OptionalLong at(int tick) {
        return OptionalLong.of(tick);
    }

    @Test
    void aFinishedSessionIsNotAsked() {
        assertThat(Judge.beforeAsking(List.of(), new Interaction("A", false, true)))
                .contains(Reason.OFFLINE);
    }

    @Test
    void anotherOwnerMeansMoved() {
        assertThat(Judge.beforeAsking(attempts(ON_A, NOT_FOUND), ON_B)).contains(Reason.MOVED);
        assertThat(Judge.beforeAsking(attempts(NAMELESS, NOT_FOUND), ON_B)).isEmpty();
        assertThat(Judge.beforeAsking(attempts(ON_A, NOT_FOUND), ON_A.outdated()))
                .isEmpty();
    }

    private static Reason verdictOf(Interaction interaction, EspOutcome... outcomes) {
        return Judge.afterAsking(attempts(interaction, outcomes), OptionalLong.empty(), true)
                .orElseThrow();
    }

    private static List<Attempt> attempts(Interaction interaction, EspOutcome... outcomes) {
        return Stream.of(outcomes).map(outcome -> attempt(interaction, outcome)).toList();
    }

    private static Attempt attempt(Interaction interaction, EspOutcome outcome) {
        return attempt(interaction, outcome, 0);
    }

    private static Attempt attempt(Interaction interaction, EspOutcome outcome, int tick) {
        return Attempt.of(interaction, outcome, ProbeConfig.DOCUMENTED_FAULTS, Instant.EPOCH, tick);
    }
}
