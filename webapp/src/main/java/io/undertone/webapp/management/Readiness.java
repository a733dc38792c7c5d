package io.undertone.webapp.management;

import java.util.Locale;

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

    public void become(State next) {
        state = next;
    }

    boolean isReady() {
        return state == State.READY;
    }

    String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
