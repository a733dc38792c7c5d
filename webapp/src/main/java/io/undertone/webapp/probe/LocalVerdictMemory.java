package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers verdicts in this process's memory, the latest of each interaction: a session has one owner at a time, so what
 * was said of an earlier one is of no use. Thread-safe.
 */
public final class LocalVerdictMemory implements VerdictMemory {
    private static final long MOST_INTERACTIONS = 100_000;

    private final Cache<String, RememberedVerdict> verdicts =
            Caffeine.newBuilder().maximumSize(MOST_INTERACTIONS).build();

    @Override
    public CompletionStage<Void> remember(RememberedVerdict verdict) {
        verdicts.put(verdict.interactionId(), verdict);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now) {
        return CompletableFuture.completedFuture(Optional.ofNullable(verdicts.getIfPresent(interactionId))
                .filter(verdict -> verdict.server().equals(server))
                .filter(verdict -> verdict.expiresAt().isAfter(now)));
    }

    @Override
    public CompletionStage<Void> forget(String interactionId) {
        verdicts.invalidate(interactionId);
        return CompletableFuture.completedFuture(null);
    }
}
