package io.undertone.webapp.config;

import java.time.Duration;

/**
 * What customers may take of a listener.
 *
 * @param connections open at once; more wait in the system's queue
 * @param connectionsPerAddress open at once from one address, or from one network of IPv6 (64 bits); more are closed. 0 for
 *     as many as there are
 * @param headerBytes of one request, its first line among them; more are answered with 431
 * @param bodyBytesPerSecond the least that a client has to send of a request's body, or to take of a reply, once 20 seconds
 *     are over in which it is waited for; less is answered with 408, or cut off. 0 for any
 * @param idleTimeout how long a connection may be silent while something is expected of the client, and how long the head of
 *     a request may take
 */
public record LimitsConfig(
        int connections, int connectionsPerAddress, int headerBytes, int bodyBytesPerSecond, Duration idleTimeout) {
    /**
     * The idle time is longer than the proxy waits for an upstream, so that its answer comes first. Nothing is said of one
     * address, as all customers have the same where a load balancer stands before them.
     */
    public static final LimitsConfig DEFAULT = new LimitsConfig(20_000, 0, 16 * 1024, 128, Duration.ofSeconds(90));
}
