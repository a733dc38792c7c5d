package io.undertone.webapp.store;

import java.util.function.Consumer;

/** By which nodes tell each other of sightings. Implementations are thread-safe, and keep nobody waiting. */
public interface SightingChannel {
    /** Tells the other nodes, if there are any. While they cannot be reached, nobody is told. */
    void tell(String probe, String interactionId);

    /**
     * Hears what nodes tell, this one too.
     *
     * @param hearing told of each sighting, perhaps several times: be quick
     */
    void hear(Consumer<StoredSighting> hearing);
}
