package io.undertone.server.sandbox;

import java.time.Clock;

/**
 * How a sandbox is set up.
 *
 * @param gmsPort where the GMS front listens on loopback; 0 picks a free port
 * @param interactionServerPort where the interaction server listens on loopback; 0 picks a free port
 * @param clock stamps events; delays of the agent run in real time
 * @param agentPace how long the agent takes
 */
public record SandboxSettings(int gmsPort, int interactionServerPort, Clock clock, AgentPace agentPace) {
    /** Free ports, the system's clock, an unhurried agent. */
    public static final SandboxSettings DEFAULT = new SandboxSettings(0, 0, Clock.systemUTC(), AgentPace.UNHURRIED);

    public SandboxSettings withAgentPace(AgentPace pace) {
        return new SandboxSettings(gmsPort, interactionServerPort, clock, pace);
    }

    public SandboxSettings withClock(Clock newClock) {
        return new SandboxSettings(gmsPort, interactionServerPort, newClock, agentPace);
    }
}
