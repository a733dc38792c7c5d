package io.undertone.webapp.config;

/**
 * Where customers reach the proxy.
 *
 * @param host the address to bind
 * @param port 0 for any free port
 */
public record ListenConfig(String host, int port) {
    public static final ListenConfig DEFAULT = new ListenConfig("0.0.0.0", 8080);
}
