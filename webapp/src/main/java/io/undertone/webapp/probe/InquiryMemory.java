package io.undertone.webapp.probe;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where nodes leave word of how far their questions about an interaction are, for the node that is asked next.
 * Implementations are thread-safe and do not block. Stages may end exceptionally: then each node counts by itself.
 */
public interface InquiryMemory {
    /** For a node that is alone. */
    InquiryMemory NONE = new InquiryMemory() {
        @Override
        public CompletionStage<Void> remember(String interactionId, InquiryState state) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Optional<InquiryState>> recall(String interactionId) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    };

    /** Leaves word, instead of what any node said of that interaction before. */
    CompletionStage<Void> remember(String interactionId, InquiryState state);

    /** What another node said of an interaction; empty when this one was the last to say anything. */
    CompletionStage<Optional<InquiryState>> recall(String interactionId);
}
