package io.undertone.webapp.probe;

import io.undertone.webapp.config.FaultMeaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one interaction from one look to the next, so that evidence counts across questions. Times are those of
 * a ticker, in nanoseconds. One look at a time changes it; {@link #soFar} may be asked for by any thread.
 */
final class Inquiry {
    private static final long BUDGET_NANOS = Duration.ofHours(1).toNanos();

    private final SingleFlight<Interaction, Finding> looks = new SingleFlight<>();
    private List<Attempt> attempts = List.of();
    private long attemptedAt;
    private long changedAt;
    private boolean hasBegun;
    private boolean isChanged;
    private int arrived;
    private long arrivedSince;
    private @Nullable Attempt proof;
    private long provenAt;
    private volatile @Nullable Told told;

    /** A finding that was told, and when the next attempt may be made. */
    private record Told(Finding finding, long dueAt) {}

    /** Looks, while nobody else does. Who looks with the same knowledge meanwhile shares the finding. */
    CompletionStage<Finding> look(Interaction known, Supplier<CompletionStage<Finding>> looking) {
        return looks.run(known, looking);
    }

    /** What somebody knows, with the server of the last attempt where they name none; that may be out of date. */
    Interaction completed(Interaction known) {
        return known.chatServerAppName() != null || attempts.isEmpty()
                ? known
                : known.ownedOnceAs(attempts.get(attempts.size() - 1).interaction());
    }

    /** The attempts that count for the next verdict, oldest first. */
    List<Attempt> attempts() {
        return attempts;
    }

    /** Drops attempts that are older than so much: they say nothing of now. */
    void dropOlderThan(Duration age, long now) {
        if (now - attemptedAt > age.toNanos()) {
            clear();
        }
    }

    /** Begins anew. What the session was sent still counts for its budget. */
    void begin(long now) {
        clear();
        changed(now);
    }

    private void changed(long now) {
        changedAt = now;
        hasBegun = true;
        isChanged = true;
    }

    private void clear() {
        attempts = List.of();
        told = null;
    }

    /** Adds an attempt. */
    void add(Attempt attempt, long now) {
        attemptedAt = now;
        changed(now);
        if (attempt.outcome().provesAlive()) {
            proof = attempt;
            provenAt = now;
        }
        if (attempt.mayHaveArrived()) {
            if (arrived == 0 || now - arrivedSince > BUDGET_NANOS) {
                arrived = 0;
                arrivedSince = now;
            }
            arrived++;
        }
        List<Attempt> more = new ArrayList<>();
        // A server that is back without the session was down before: that told of the server, not of the session.
        boolean back =
                attempt.meaning() == FaultMeaning.GONE && attempts.stream().allMatch(Attempt::foundNoServer);
        if (!back) {
            more.addAll(attempts);
        }
        more.add(attempt);
        attempts = List.copyOf(more);
    }

    /** How far it is, if that changed since the last time that this was asked. */
    Optional<InquiryState> changes(long now) {
        if (!isChanged) {
            return Optional.empty();
        }
        isChanged = false;
        return Optional.of(new InquiryState(
                attempts.stream().map(attempt -> attempt.shifted(-changedAt)).toList(),
                Duration.ofNanos(now - changedAt),
                proof,
                proof == null ? Duration.ZERO : Duration.ofNanos(now - provenAt)));
    }

    /**
     * Goes on from where another node is.
     *
     * @return false if it is not further than this one, and nothing changed
     */
    boolean takeOver(InquiryState state, long now) {
        long since = now - state.sinceChange().toNanos();
        if (hasBegun && since - changedAt <= 0) {
            return false;
        }
        clear();
        hasBegun = true;
        changedAt = since;
        attemptedAt = since;
        attempts =
                state.attempts().stream().map(attempt -> attempt.shifted(since)).toList();
        Attempt theirs = state.proof();
        long theirProofAt = now - state.sinceProof().toNanos();
        if (theirs != null && (proof == null || theirProofAt - provenAt > 0)) {
            proof = theirs;
            provenAt = theirProofAt;
        }
        return true;
    }

    /** Whether another server than that of an interaction had its session not longer than so much ago. */
    boolean wasAliveElsewhere(Interaction interaction, Duration age, long now) {
        Attempt alive = proof;
        return alive != null
                && now - provenAt <= age.toNanos()
                && !alive.interaction().sameServerAs(interaction);
    }

    /** Whether the session was sent that many probes within the hour. */
    boolean hasSpent(int budget, long now) {
        return arrived >= budget && now - arrivedSince <= BUDGET_NANOS;
    }

    /** Keeps what was found, until the next attempt is due. */
    Finding tell(Finding finding, long dueAt) {
        if (finding.settled()) {
            attempts = List.of();
        }
        told = new Told(finding, dueAt);
        return finding;
    }

    /** What was found before, when it is too early for another attempt at the same server. */
    Optional<Finding> early(Interaction interaction, long now) {
        Told before = told;
        if (before == null
                || before.dueAt() - now <= 0
                || !before.finding().interaction().sameServerAs(interaction)) {
            return Optional.empty();
        }
        Finding finding = before.finding();
        return Optional.of(finding.again(finding.settled() ? Duration.ZERO : Duration.ofNanos(before.dueAt() - now)));
    }

    /** What is known while more attempts are to come; empty when there was none yet, or one is under way. */
    Optional<Finding> soFar(Interaction interaction, long now) {
        return early(interaction, now).filter(finding -> !finding.settled());
    }
}
