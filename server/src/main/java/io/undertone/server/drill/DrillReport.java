package io.undertone.server.drill;

/**
 * The outage twice: once without Undertone and once with it, for the same customers.
 *
 * @param without every chat is routed
 * @param with the workflow asks Undertone, and customers come by its veil
 */
public record DrillReport(DrillSettings settings, Outcome without, Outcome with) {

    /** Whether, with Undertone, no agent was shown a dead chat, no live chat was stopped, and no customer saw a probe. */
    public boolean aimsHold() {
        return with.aimsHold();
    }
}
