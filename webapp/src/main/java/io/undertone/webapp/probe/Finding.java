package io.undertone.webapp.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one look at an interaction ended with.
 *
 * @param reason why, and with it the verdict
 * @param settled whether no further attempt is needed
 * @param interaction what was known of the interaction
 * @param attempts how many probes it rests on
 * @param outcome how the last of them ended; empty when none was sent
 * @param retryAfter how long to wait before the next look, zero when there is no need for one
 * @param cached whether it was remembered from an earlier look
 * @param checkedAt when it was found
 * @param trace those of the probes that this process still knows, oldest first
 */
record Finding(
        Reason reason,
        boolean settled,
        Interaction interaction,
        int attempts,
        Optional<EspOutcome> outcome,
        Duration retryAfter,
        boolean cached,
        Instant checkedAt,
        List<Attempt> trace) {

    /** What is known while more attempts are to come. */
    static Finding soFar(List<Attempt> attempts, Duration retryAfter, Instant checkedAt) {
        Attempt last = attempts.get(attempts.size() - 1);
        return new Finding(
                Judge.soFar(attempts),
                false,
                last.interaction(),
                attempts.size(),
                Optional.of(last.outcome()),
                retryAfter,
                false,
                checkedAt,
                attempts);
    }

    /** The same finding, told once more. */
    Finding again(Duration newRetryAfter) {
        return new Finding(reason, settled, interaction, attempts, outcome, newRetryAfter, true, checkedAt, trace);
    }
}
