package io.undertone.webapp.config;

import io.undertone.webapp.tls.Identity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where customers reach the proxy.
 *
 * @param host the address to bind
 * @param port 0 for any free port
 * @param tls who the listener is; null for plain text
 * @param accessLog where each request is noted, null for nowhere
 */
public record ListenConfig(
        String host,
        int port,
        @Nullable Identity tls,
        LimitsConfig limits,
        @Nullable Path accessLog) {
    public static final ListenConfig DEFAULT = new ListenConfig("0.0.0.0", 8080, null, LimitsConfig.DEFAULT, null);

    /** The same on another port. */
    public ListenConfig withPort(int other) {
        return new ListenConfig(host, other, tls, limits, accessLog);
    }
}
