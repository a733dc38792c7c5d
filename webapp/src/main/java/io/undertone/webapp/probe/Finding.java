package io.undertone.webapp.probe;

import java.util.List;
import java.util.Optional;

/**
 * What an inquiry ended with.
 *
 * @param reason why, and with it the verdict
 * @param interaction what was known of the interaction last
 * @param attempts the probes sent, oldest first
 */
record Finding(Reason reason, Interaction interaction, List<Attempt> attempts) {
    /** How the last probe ended; empty when none was sent. */
    Optional<EspOutcome> lastOutcome() {
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.get(attempts.size() - 1).outcome());
    }
}
