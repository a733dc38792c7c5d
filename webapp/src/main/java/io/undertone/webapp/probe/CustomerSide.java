package io.undertone.webapp.probe;

import java.util.Optional;

/** What is known of a chat from its customer's side. Implementations are thread-safe and do not block. */
interface CustomerSide {
    /** Whether the customer was sent a probe, and no verdict has used that yet; with this, one has. */
    boolean useSighting(String interactionId);

    /** What is known without asking anybody; empty when this node saw nothing of the customer. */
    Optional<CustomerSigns> signs(String interactionId);
}
