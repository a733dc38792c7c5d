package io.undertone.webapp.probe;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where verdicts that a session is gone are remembered, one for each interaction and server. Implementations are thread-safe
 * and do not block. Stages may end exceptionally: then nothing is remembered.
 */
public interface VerdictMemory {
    /** Remembers a verdict, instead of an earlier one about the same interaction and server. */
    CompletionStage<Void> remember(RememberedVerdict verdict);

    /**
     * The verdict that is remembered, if it has not expired by then. What is remembered of other servers is forgotten: whoever
     * names another knows of a session that was moved, or restored.
     */
    CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, String server, Instant now);

    /** Forgets all that is remembered of an interaction, whichever server owned it. */
    CompletionStage<Void> forget(String interactionId);
}
