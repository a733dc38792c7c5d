package io.undertone.server.sandbox;

import java.time.Clock;
import java.time.Duration;

/**
 * How a sandbox is set up.
 *
 * @param gmsPort where the GMS front listens on loopback; 0 picks a free port
 * @param interactionServerPort where the interaction server listens on loopback; 0 picks a free port
 * @param clock stamps events; delays of the agent run in real time
 * @param agentPace how long the agent takes
 * @param connectHold how long a CometD {@code /meta/connect} waits for something to deliver
 */
public record SandboxSettings(
        int gmsPort, int interactionServerPort, Clock clock, AgentPace agentPace, Duration connectHold) {
    /** Free ports, the system's clock, an unhurried agent, CometD's own half minute. */
    public static final SandboxSettings DEFAULT =
            new SandboxSettings(0, 0, Clock.systemUTC(), AgentPace.UNHURRIED, Duration.ofSeconds(30));

    public SandboxSettings withGmsPort(int port) {
        return new SandboxSettings(port, interactionServerPort, clock, agentPace, connectHold);
    }

    public SandboxSettings withAgentPace(AgentPace pace) {
        return new SandboxSettings(gmsPort, interactionServerPort, clock, pace, connectHold);
    }

    public SandboxSettings withClock(Clock newClock) {
        return new SandboxSettings(gmsPort, interactionServerPort, newClock, agentPace, connectHold);
    }

    public SandboxSettings withConnectHold(Duration hold) {
        return new SandboxSettings(gmsPort, interactionServerPort, clock, agentPace, hold);
    }
}
