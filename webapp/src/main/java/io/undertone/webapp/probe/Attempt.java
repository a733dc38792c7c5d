package io.undertone.webapp.probe;

import io.undertone.webapp.config.FaultMeaning;
import java.time.Instant;
import java.util.Map;

/**
 * One probe sent.
 *
 * @param interaction what was known just before
 * @param outcome how the request ended
 * @param meaning what the outcome says of the session
 * @param at when it ended, by the clock of whoever made it
 * @param tick the same by the ticker of this node, in nanoseconds, for what is compared: clocks are set, and differ
 */
record Attempt(Interaction interaction, EspOutcome outcome, FaultMeaning meaning, Instant at, long tick) {

    /** @param faults what fault codes mean; those that are not in it mean nothing */
    static Attempt of(
            Interaction interaction, EspOutcome outcome, Map<String, FaultMeaning> faults, Instant at, long tick) {
        return new Attempt(interaction, outcome, meaning(outcome, faults), at, tick);
    }

    /** The same, of an interaction that may have changed since. */
    Attempt outdated() {
        return new Attempt(interaction.outdated(), outcome, meaning, at, tick);
    }

    /** The same by a ticker that is so far ahead. */
    Attempt shifted(long nanos) {
        return new Attempt(interaction, outcome, meaning, at, tick + nanos);
    }

    private static FaultMeaning meaning(EspOutcome outcome, Map<String, FaultMeaning> faults) {
        if (outcome.provesAlive()) {
            return FaultMeaning.ALIVE;
        }
        return outcome instanceof EspOutcome.Fault fault
                ? faults.getOrDefault(fault.faultCode(), FaultMeaning.UNKNOWN)
                : FaultMeaning.UNKNOWN;
    }

    /** Whether that {@linkplain Interaction#server server}, known to be the owner at the time, did not know the session. */
    boolean notFoundBy(String server) {
        return interaction.current() && server.equals(interaction.server()) && meaning == FaultMeaning.GONE;
    }

    /** Whether no chat server took it. */
    boolean foundNoServer() {
        return outcome instanceof EspOutcome.NoServer;
    }

    /** Whether a session may have been sent it. */
    boolean mayHaveArrived() {
        return meaning != FaultMeaning.GONE && !foundNoServer();
    }
}
