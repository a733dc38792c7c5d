package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.Optional;

/** What is known of a chat from its customer's side. Implementations are thread-safe and do not block. */
interface CustomerSide {
    /** Whether the customer was sent a probe, and no verdict has used that yet; with this, one has. */
    boolean useSighting(String interactionId);

    /** How long ago the customer asked for anything; empty when that is not known. */
    Optional<Duration> sinceLastPoll(String interactionId);
}
