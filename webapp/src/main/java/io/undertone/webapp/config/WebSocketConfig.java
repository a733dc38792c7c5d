package io.undertone.webapp.config;

import java.time.Duration;

/**
 * What a relayed WebSocket may cost.
 *
 * @param maxMessageBytes the most bytes of one message of the chat server's, which is held whole to be judged
 * @param idleTimeout after how long without a sign of life an end is taken for gone; both are asked for one in between
 */
public record WebSocketConfig(int maxMessageBytes, Duration idleTimeout) {
    /** A message as large as the engine judges, and more than the 30 s that a CometD client is silent. */
    public static final WebSocketConfig DEFAULT = new WebSocketConfig(1 << 20, Duration.ofMinutes(2));
}
