package io.undertone.webapp.probe;

import java.util.Optional;
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

    /** Whether "no chat server took it", of one chat, holds for the other chats of the server that it named. */
    default boolean tellsOfItsServer() {
        return true;
    }

    /** Where workflows report what they sent themselves; empty when they have nothing to report. */
    default Optional<Reports> reports() {
        return Optional.empty();
    }

    /** Lets go of connections and threads, if it has any. */
    @Override
    default void close() {}
}
