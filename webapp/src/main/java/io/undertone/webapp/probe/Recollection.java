package io.undertone.webapp.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which sessions are gone, and lives with a memory that is out of order. That a server was down is not worth
 * remembering: servers come back. Thread-safe.
 */
final class Recollection {
    private static final Logger LOG = LoggerFactory.getLogger(Recollection.class);

    private final VerdictMemory memory;
    private final Duration time;

    /** @param time how long a verdict is remembered */
    Recollection(VerdictMemory memory, Duration time) {
        this.memory = memory;
        this.time = time;
    }

    /** The verdict that the session is gone; empty when there is none, nobody remembers, or no server is named. */
    CompletionStage<Optional<RememberedVerdict>> recall(String interactionId, Interaction interaction, Instant now) {
        String server = interaction.server();
        if (server == null || interaction.chatServerAppName() == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return memory.recall(interactionId, server, now).exceptionally(failure -> {
            LOG.debug("What was said of {} cannot be recalled", interactionId, BoundedHttp.cause(failure));
            return Optional.empty();
        });
    }

    /** Remembers a finding if it is that the session is gone. */
    void remember(String interactionId, Finding finding) {
        String server = finding.interaction().server();
        // A verdict that a session is gone is told of a server with a name alone.
        if (server == null || finding.reason().verdict() != Verdict.GONE) {
            return;
        }
        RememberedVerdict verdict = new RememberedVerdict(
                interactionId,
                server,
                finding.reason(),
                finding.outcome().map(EspOutcome::faultCode).orElse(""),
                finding.outcome().map(EspOutcome::faultString).orElse(""),
                finding.attempts(),
                finding.checkedAt(),
                finding.checkedAt().plus(time));
        logged(interactionId, memory.remember(verdict));
    }

    /** Forgets what a new attempt spoke against. */
    void forget(String interactionId) {
        logged(interactionId, memory.forget(interactionId));
    }

    private static void logged(String interactionId, CompletionStage<Void> change) {
        var unused = change.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("The memory of {} cannot be changed", interactionId, BoundedHttp.cause(failure));
            }
        });
    }
}
