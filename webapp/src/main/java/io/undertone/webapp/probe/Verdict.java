package io.undertone.webapp.probe;

import java.util.Locale;

/**
 * What a workflow is told about a chat. Unknown is not dead: only a verdict that rests on evidence stops a chat, every
 * other one routes it.
 */
public enum Verdict {
    /** The session exists. Reached by {@link Reason#ACCEPTED} and {@link Reason#SIGHTED}. It does not say that the customer is still there. */
    ALIVE(true),
    /** The server that owned the session no longer knows it. Reached by {@link Reason#INTERACTION_NOT_FOUND}. */
    GONE(false),
    /** No chat server took the request, time after time. Reached by {@link Reason#NO_CHAT_SERVER}. */
    UNREACHABLE(false),
    /** The session ended in good order, so nothing was sent. Reached by {@link Reason#OFFLINE}. */
    OFFLINE(false),
    /** Another server owns the session now: route, and ask again. Reached by {@link Reason#MOVED}. */
    MOVED(true),
    /**
     * Nobody can tell, or nobody asked. Reached by {@link Reason#NOT_ASKED_BY_NAME}, {@link Reason#ONE_FAULT_ONLY},
     * {@link Reason#OTHER_FAULT}, {@link Reason#ANSWERS_DIFFER}, {@link Reason#TIMED_OUT},
     * {@link Reason#TRANSPORT_FAILED}, {@link Reason#LOOKUP_FAILED}, {@link Reason#CUSTOMER_ANSWERED}, {@link Reason#ASK_AGAIN}, {@link Reason#PENDING},
     * {@link Reason#ATTEMPTS_SPENT}, {@link Reason#BUDGET_SPENT}, {@link Reason#SKIPPED_YOUNG},
     * {@link Reason#SKIPPED_ASYNC}, {@link Reason#SKIPPED_IN_TRANSFER}, {@link Reason#SKIPPED_MEDIUM},
     * {@link Reason#SHADOW}, {@link Reason#NOT_CONFIGURED} and {@link Reason#INTERNAL_ERROR}.
     */
    UNKNOWN(true);

    private final boolean route;

    Verdict(boolean route) {
        this.route = route;
    }

    /** Whether the workflow should route the interaction to an agent, once no attempt is left. */
    public boolean route() {
        return route;
    }

    /** The word in answers and metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
