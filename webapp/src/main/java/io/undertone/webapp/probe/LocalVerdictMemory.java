package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Remembers verdicts in this process's memory, for when the others' is out of order. While it is not, what they say counts:
 * another node may have found the session alive. Of each interaction it is the latest; a session has one owner at a time, so
 * what was said of an earlier one is of no use. Thread-safe.
 */
public final class LocalVerdictMemory implements VerdictMemory {
    private static final long MOST_INTERACTIONS = 100_000;

    /** Empty where a verdict was forgotten: the others may not have heard of it. */
    private final Cache<String, Optional<RememberedVerdict>> verdicts =
            Caffeine.newBuilder().maximumSize(MOST_INTERACTIONS).build();

    private final VerdictMemory others;

    /** @param others what other nodes remember too */
    public LocalVerdictMemory(VerdictMemory others) {
        this.others = others;
    }

    @Override
    public CompletionStage<Void> remember(RememberedVerdict verdict) {
        verdicts.put(verdict.interactionId(), Optional.of(verdict));
        return others.remember(verdict);
    }

    @Override
    public CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now) {
        Optional<RememberedVerdict> latest = verdicts.getIfPresent(interactionId);
        if (latest != null && latest.isEmpty()) {
            return CompletableFuture.completedFuture(latest);
        }
        if (latest != null && !latest.get().server().equals(server)) {
            return forget(interactionId).thenApply(forgotten -> Optional.empty());
        }
        return others.recall(interactionId, server, now).exceptionally(lost -> Optional.ofNullable(latest)
                .flatMap(Function.identity())
                .filter(verdict -> verdict.server().equals(server))
                .filter(verdict -> verdict.expiresAt().isAfter(now)));
    }

    @Override
    public CompletionStage<Void> forget(String interactionId) {
        verdicts.put(interactionId, Optional.empty());
        return others.forget(interactionId);
    }
}
