package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers verdicts in this process's memory before it asks another: for speed, and for when the other is out of order. Of
 * each interaction it is the latest; a session has one owner at a time, so what was said of an earlier one is of no use.
 * Thread-safe.
 */
public final class LocalVerdictMemory implements VerdictMemory {
    private static final long MOST_INTERACTIONS = 100_000;

    private final Cache<String, RememberedVerdict> verdicts =
            Caffeine.newBuilder().maximumSize(MOST_INTERACTIONS).build();
    private final VerdictMemory others;

    /** @param others what other nodes remember too */
    public LocalVerdictMemory(VerdictMemory others) {
        this.others = others;
    }

    @Override
    public CompletionStage<Void> remember(RememberedVerdict verdict) {
        verdicts.put(verdict.interactionId(), verdict);
        return others.remember(verdict);
    }

    @Override
    public CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now) {
        Optional<RememberedVerdict> here = Optional.ofNullable(verdicts.getIfPresent(interactionId))
                .filter(verdict -> verdict.server().equals(server))
                .filter(verdict -> verdict.expiresAt().isAfter(now));
        return here.isPresent() ? CompletableFuture.completedFuture(here) : others.recall(interactionId, server, now);
    }

    @Override
    public CompletionStage<Void> forget(String interactionId) {
        verdicts.invalidate(interactionId);
        return others.forget(interactionId);
    }
}
