package io.undertone.webapp.probe;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sends probes by another transport, and takes a sighting for an answer: what was sent to the customer is in a chat that
 * lives, whatever the server says or does not say. Thread-safe.
 */
final class SightedTransport implements ProbeTransport {
    private final ProbeTransport transport;
    private final Sightings sightings;

    SightedTransport(ProbeTransport transport, Sightings sightings) {
        this.transport = transport;
        this.sightings = sightings;
    }

    @Override
    public CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        CompletableFuture<EspOutcome> sighted =
                sightings.expected(interactionId).thenApply(sighting -> new EspOutcome.Sighted());
        return (sighted.isDone() ? sighted : firstOf(sighted, transport.send(interactionId, interaction)))
                .thenApply(outcome -> {
                    if (outcome.provesAlive()) {
                        sightings.settle(interactionId);
                    }
                    return outcome;
                });
    }

    @Override
    public boolean tellsOfItsServer() {
        return transport.tellsOfItsServer();
    }

    @Override
    public Optional<Reports> reports() {
        return transport.reports();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Whichever comes first; of two that are both there, the one that says alive. */
    private static CompletionStage<EspOutcome> firstOf(
            CompletableFuture<EspOutcome> sighted, CompletionStage<EspOutcome> answered) {
        return answered.thenApply(outcome -> outcome.provesAlive() ? outcome : sighted.getNow(outcome))
                .applyToEither(sighted, Function.identity());
    }
}
