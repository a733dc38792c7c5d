package io.undertone.webapp.config;

import java.time.Duration;

/**
 * How the server stops.
 *
 * @param delay how long it goes on as before when it has said that it is not ready, for load balancers to notice; may be zero
 * @param timeout how long what is in flight may take then
 */
public record DrainConfig(Duration delay, Duration timeout) {
    /** Longer than a poll is held, so that each is answered by the chat server itself. */
    public static final DrainConfig DEFAULT = new DrainConfig(Duration.ZERO, Duration.ofSeconds(40));
}
