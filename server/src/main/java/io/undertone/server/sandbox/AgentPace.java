package io.undertone.server.sandbox;

import java.time.Duration;

/**
 * How long the sandbox's agent takes.
 *
 * @param join from the beginning of a chat until the agent joins
 * @param think from a message until the agent begins to type
 * @param type from there until the answer
 */
public record AgentPace(Duration join, Duration think, Duration type) {
    /** As a patient person would. */
    public static final AgentPace UNHURRIED =
            new AgentPace(Duration.ofMillis(1_200), Duration.ofMillis(800), Duration.ofMillis(1_800));

    /** At once, for tests and drills. */
    public static final AgentPace INSTANT = new AgentPace(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
