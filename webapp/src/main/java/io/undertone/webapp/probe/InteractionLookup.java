package io.undertone.webapp.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads an interaction's user data. Implementations are thread-safe, do not block, and bound the time of one read. */
@FunctionalInterface
interface InteractionLookup {
    /** Reads nothing: what the workflow said is all there is. */
    InteractionLookup NONE = (interactionId, known) -> CompletableFuture.completedFuture(known);

    /**
     * Reads an interaction.
     *
     * @param known what was known before; it fills in for what cannot be read
     * @return what is known now; {@link Interaction#outdated()} when nothing could be read
     */
    CompletionStage<Interaction> read(String interactionId, Interaction known);
}
