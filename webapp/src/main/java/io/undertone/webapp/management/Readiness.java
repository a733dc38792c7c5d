package io.undertone.webapp.management;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Whether requests should come here: what a load balancer asks. Thread-safe. */
public final class Readiness {
    /** How far this server is. */
    public enum State {
        STARTING,
        /** Connections are accepted. */
        READY,
        /** What is in flight is finished, and nothing new should come. */
        DRAINING
    }

    private volatile State state = State.STARTING;
    private final Map<String, Supplier<String>> notes = new ConcurrentSkipListMap<>();

    public void become(State next) {
        state = next;
    }

    /**
     * Tells of a part beside the state; it does not change whether requests should come.
     *
     * @param state one word, asked for each time
     */
    public void note(String part, Supplier<String> state) {
        notes.put(part, state);
    }

    /** The parts' words by their names. */
    Map<String, String> notes() {
        Map<String, String> words = new TreeMap<>();
        notes.forEach((part, word) -> words.put(part, word.get()));
        return words;
    }

    boolean isReady() {
        return state == State.READY;
    }

    String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
