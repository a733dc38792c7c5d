package io.undertone.webapp.probe;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What is known of a chat from its customer's side. Implementations are thread-safe and do not block. */
interface CustomerSide {
    /** Whether the customer was sent a probe, and no verdict has used that yet; with this, one has. */
    boolean useSighting(String interactionId);

    /** Done as soon as the customer is sent one of the probes that are pending; never if none is. */
    CompletableFuture<Sighting> nextSighting(String interactionId);

    /** What is known without asking anybody; empty when this node saw nothing of the customer. */
    Optional<CustomerSigns> signs(String interactionId);

    /**
     * When the chat system last answered the customer that the chat goes on, by the ticker, in nanoseconds; empty when this
     * node saw no such answer. That somebody asked is no answer.
     */
    OptionalLong answeredAt(String interactionId);
}
