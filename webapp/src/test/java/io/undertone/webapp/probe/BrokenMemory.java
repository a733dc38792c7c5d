package io.undertone.webapp.probe;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A memory whose store is lost. */
final class BrokenMemory implements VerdictMemory {
    /** What a node remembers that is alone, and whose store is lost. */
    static ProbeMemory alone() {
        return new ProbeMemory(new LocalVerdictMemory(new BrokenMemory()), InquiryMemory.NONE);
    }

    @Override
    public CompletionStage<Void> remember(RememberedVerdict verdict) {
        return lost();
    }

    @Override
    public CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now) {
        return lost();
    }

    @Override
    public CompletionStage<Void> forget(String interactionId) {
        return lost();
    }

    private static <T> CompletionStage<T> lost() {
        return CompletableFuture.failedFuture(new IllegalStateException("the store is lost"));
    }
}
