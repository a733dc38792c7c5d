package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a workflow's questions go to any node: each hears what the one before found, and says what it found itself. A node
 * that cannot hear counts by itself, which takes longer and is as safe. Thread-safe.
 */
final class OtherNodes {
    private static final Logger LOG = LoggerFactory.getLogger(OtherNodes.class);

    private final InquiryMemory memory;
    private final Duration interval;
    private final Timing timing;

    /** @param interval the time between two attempts, whichever nodes make them */
    OtherNodes(InquiryMemory memory, Duration interval, Timing timing) {
        this.memory = memory;
        this.interval = interval;
        this.timing = timing;
    }

    /** Takes over what another node found since this one looked. */
    CompletionStage<Void> hear(String interactionId, Inquiry inquiry) {
        return memory.recall(interactionId)
                .exceptionally(failure -> {
                    LOG.debug(
                            "What is known of {} elsewhere cannot be read", interactionId, BoundedHttp.cause(failure));
                    return Optional.empty();
                })
                .thenAccept(told -> told.ifPresent(state -> takeOver(state, inquiry)));
    }

    private void takeOver(InquiryState state, Inquiry inquiry) {
        long now = timing.ticker().read();
        if (inquiry.takeOver(state, now) && !state.attempts().isEmpty()) {
            Finding soFar = Finding.soFar(
                    state.attempts(), interval, timing.clock().instant().minus(state.sinceChange()));
            inquiry.tell(soFar, now - state.sinceChange().toNanos() + interval.toNanos());
        }
    }

    /** Says what was found, before anybody is answered: they may ask another node next. */
    CompletionStage<Finding> tell(String interactionId, Inquiry inquiry, Finding finding) {
        return inquiry.changes(timing.ticker().read())
                .map(state -> memory.remember(interactionId, state).handle((done, failure) -> {
                    if (failure != null) {
                        LOG.debug("What is known of {} cannot be told", interactionId, BoundedHttp.cause(failure));
                    }
                    return finding;
                }))
                .orElseGet(() -> CompletableFuture.completedFuture(finding));
    }
}
