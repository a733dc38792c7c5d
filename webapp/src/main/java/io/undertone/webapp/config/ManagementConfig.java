package io.undertone.webapp.config;

import io.undertone.webapp.tls.Identity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where workflows and administrators reach Undertone.
 *
 * @param host the address to bind; loopback unless said, so that no customer gets there by mistake
 * @param port 0 for any free port
 * @param token the bearer token, null when one is to be made at the first start and kept in {@code tokenFile}
 * @param tokenFile where a token that was made is kept
 * @param tls who the listener is; null for plain text
 */
public record ManagementConfig(
        String host,
        int port,
        @Nullable String token,
        Path tokenFile,
        @Nullable Identity tls) {
    public static final ManagementConfig DEFAULT =
            new ManagementConfig("127.0.0.1", 8081, null, Path.of("data", "management-token"), null);

    /** The same on another port. */
    public ManagementConfig withPort(int other) {
        return new ManagementConfig(host, other, token, tokenFile, tls);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "ManagementConfig[host=" + host + ", port=" + port + ", tokenFile=" + tokenFile + ", tls=" + tls + "]";
    }
}
