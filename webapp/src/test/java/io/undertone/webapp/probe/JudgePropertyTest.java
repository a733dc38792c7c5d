package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.ProbeConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JudgePropertyTest {
    private static final EspOutcome ACCEPTED = new EspOutcome.Accepted();

    @Property
    void goneNeedsTwoFaultsOfTheServerThatOwnsTheInteraction(@ForAll("histories") List<Attempt> attempts) {
        Attempt last = attempts.get(attempts.size() - 1);
        long faults = attempts.stream()
                .filter(attempt -> isNotFound(attempt.outcome()))
                .filter(attempt -> attempt.interaction().equals(last.interaction()))
                .count();
        if (judged(attempts).verdict() == Verdict.GONE) {
            assertThat(isNotFound(last.outcome())).isTrue();
            assertThat(last.interaction().chatServerAppName()).isNotNull();
            assertThat(last.interaction().current()).isTrue();
            assertThat(faults).isGreaterThanOrEqualTo(2);
        }
    }

    @Property
    void unreachableNeedsAnErrorAtEveryAttempt(@ForAll("histories") List<Attempt> attempts) {
        if (judged(attempts).verdict() == Verdict.UNREACHABLE) {
            assertThat(attempts).allMatch(attempt -> attempt.outcome() instanceof EspOutcome.NoServer);
        }
    }

    @Property
    void whoeverOnceAcceptedIsRouted(
            @ForAll("histories") List<Attempt> before, @ForAll("histories") List<Attempt> after) {
        List<Attempt> attempts = new ArrayList<>(before);
        attempts.add(attempt(new Interaction("A", true, true), ACCEPTED));
        attempts.addAll(after);
        assertThat(judged(attempts)).isEqualTo(Reason.ACCEPTED);
    }

    @Property
    void whatTheCustomerWasOnceSentIsRoutedWhateverElseIsSaid(
            @ForAll("histories") List<Attempt> before, @ForAll("histories") List<Attempt> after) {
        List<Attempt> attempts = new ArrayList<>(before);
        attempts.add(attempt(new Interaction("A", true, true), new EspOutcome.Sighted()));
        attempts.addAll(after);
        assertThat(judged(attempts)).isEqualTo(Reason.SIGHTED);
    }

    @Property
    void silenceAndTroubleOfOursNeverStopAChat(
            @ForAll("histories") List<Attempt> before, @ForAll("interactions") Interaction interaction) {
        for (EspOutcome trouble : List.of(new EspOutcome.TimedOut(), new EspOutcome.Failed("IOException"))) {
            List<Attempt> attempts = new ArrayList<>(before);
            attempts.add(attempt(interaction, trouble));
            assertThat(judged(attempts).verdict().route()).isTrue();
        }
    }

    @Property
    void aSingleAttemptIsNeverGone(@ForAll("attempts") Attempt attempt) {
        assertThat(judged(List.of(attempt)).verdict()).isNotEqualTo(Verdict.GONE);
    }

    @Property
    void onlyAcceptanceEndsAnInquiryEarly(@ForAll("histories") List<Attempt> attempts) {
        boolean accepted =
                attempts.stream().anyMatch(attempt -> attempt.outcome().equals(ACCEPTED));
        assertThat(Judge.afterAsking(attempts, OptionalLong.empty(), false).isPresent())
                .isEqualTo(accepted);
    }

    @Property
    void silenceAtFirstNeitherMakesNorUndoesGone(@ForAll("histories") List<Attempt> attempts) {
        List<Attempt> delayed = new ArrayList<>(attempts);
        delayed.add(0, attempt(new Interaction("A", true, true), new EspOutcome.TimedOut()));
        assertThat(judged(delayed).verdict() == Verdict.GONE)
                .isEqualTo(judged(attempts).verdict() == Verdict.GONE);
    }

    @Property
    void anAnswerToTheCustomerRoutesWhatWouldBeStoppedAndChangesNothingElse(
            @ForAll("histories") List<Attempt> attempts, @ForAll boolean isAfterwards) {
        Reason unanswered = judged(attempts);
        OptionalLong answeredAt = OptionalLong.of(isAfterwards ? 1 : 0);

        assertThat(Judge.afterAsking(attempts, answeredAt, true))
                .contains(isAfterwards && !unanswered.verdict().route() ? Reason.CUSTOMER_ANSWERED : unanswered);
    }

    @Property
    void whatStopsAChatRestsOnEvidence(@ForAll Reason reason) {
        assertThat(reason.verdict() == Verdict.UNKNOWN).isEqualTo(reason.evidence() == Evidence.NONE);
        assertThat(reason.verdict().route() || reason.evidence() != Evidence.NONE)
                .isTrue();
    }

    @Provide
    Arbitrary<List<Attempt>> histories() {
        return attempts().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Attempt> attempts() {
        return Combinators.combine(interactions(), outcomes()).as(JudgePropertyTest::attempt);
    }

    @Provide
    Arbitrary<Interaction> interactions() {
        return Combinators.combine(Arbitraries.of("A", "A", "B").injectNull(0.2), Arbitraries.of(true, true, false))
                .as((server, current) -> new Interaction(server, true, current));
    }

    private static Arbitrary<EspOutcome> outcomes() {
        EspOutcome notFound = new EspOutcome.Fault("100", "interaction with specified id was not found");
        EspOutcome noServer = new EspOutcome.NoServer("1", "Not found by type");
        return Arbitraries.of(
                notFound,
                notFound,
                notFound,
                noServer,
                noServer,
                new EspOutcome.Fault("", ""),
                new EspOutcome.Fault("1", "interaction with specified id was not found"),
                new EspOutcome.TimedOut(),
                new EspOutcome.Failed("HTTP status 500"),
                ACCEPTED);
    }

    private static Attempt attempt(Interaction interaction, EspOutcome outcome) {
        return Attempt.of(interaction, outcome, ProbeConfig.DOCUMENTED_FAULTS, Instant.EPOCH, 0);
    }

    private static boolean isNotFound(EspOutcome outcome) {
        return outcome instanceof EspOutcome.Fault fault && fault.faultCode().equals("100");
    }

    private static Reason judged(List<Attempt> attempts) {
        return Judge.afterAsking(attempts, OptionalLong.empty(), true).orElseThrow();
    }
}
