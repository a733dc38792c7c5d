package io.undertone.webapp.probe;

import io.undertone.webapp.store.StoredVerdict;
import io.undertone.webapp.store.StoredVerdicts;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Remembers verdicts in the store, for all nodes that work with it. Thread-safe. */
public final class StoredVerdictMemory implements VerdictMemory {
    private final StoredVerdicts verdicts;

    public StoredVerdictMemory(StoredVerdicts verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public CompletionStage<Void> remember(RememberedVerdict verdict) {
        return verdicts.put(new StoredVerdict(
                verdict.interactionId(),
                verdict.server(),
                verdict.reason().wireName(),
                verdict.faultCode(),
                verdict.faultString(),
                verdict.attempts(),
                verdict.checkedAt(),
                verdict.expiresAt()));
    }

    @Override
    public CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now) {
        return verdicts.get(interactionId, server, now)
                .thenApply(stored -> stored.flatMap(StoredVerdictMemory::remembered));
    }

    /** Another version's nodes may have written a reason that this one does not know. */
    private static Optional<RememberedVerdict> remembered(StoredVerdict stored) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.wireName().equals(stored.reason()) && reason.verdict() == Verdict.GONE)
                .findFirst()
                .map(reason -> new RememberedVerdict(
                        stored.interactionId(),
                        stored.server(),
                        reason,
                        stored.faultCode(),
                        stored.faultString(),
                        stored.attempts(),
                        stored.checkedAt(),
                        stored.expiresAt()));
    }

    @Override
    public CompletionStage<Void> forget(String interactionId) {
        return verdicts.forget(interactionId);
    }
}
