package io.undertone.server.drill;

import java.time.Duration;

/** Whom a workflow asks before it routes a chat to an agent. */
@FunctionalInterface
interface Gate {
    /** Nobody: every chat is routed. */
    Gate OPEN = chat -> Advice.ROUTE;

    Advice ask(Chat chat);

    /**
     * What a workflow is to do.
     *
     * @param askAgainAfter when to ask once more before anything else; zero when the advice stands
     */
    record Advice(boolean route, Duration askAgainAfter) {
        static final Advice ROUTE = new Advice(true, Duration.ZERO);

        boolean stands() {
            return askAgainAfter.isZero();
        }
    }
}
