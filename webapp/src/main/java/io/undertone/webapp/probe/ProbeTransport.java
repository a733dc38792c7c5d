package io.undertone.webapp.probe;

import java.util.concurrent.CompletionStage;

/** Sends probes. Implementations are thread-safe, do not block, and bound the time that one request takes. */
@FunctionalInterface
interface ProbeTransport extends AutoCloseable {
    /**
     * Sends one ESP request that puts the probe's message into a chat.
     *
     * @param interaction names the chat server to address; when it names none, any chat server gets the request
     * @return the outcome; trouble is an outcome too, so that the stage ends exceptionally only by a defect
     */
    CompletionStage<EspOutcome> send(String interactionId, Interaction interaction);

    /** Lets go of connections and threads, if it has any. */
    @Override
    default void close() {}
}
