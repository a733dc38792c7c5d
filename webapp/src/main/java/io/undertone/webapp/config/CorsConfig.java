package io.undertone.webapp.config;

import java.time.Duration;
import java.util.Set;

/**
 * How browsers on other origins are answered (the CORS protocol of the Fetch standard). Immutable.
 *
 * @param allowedOrigins as browsers write them, such as {@code https://shop.example}; {@code *} alone for any
 * @param allowCredentials whether cookies may come along; never together with {@code *}
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsConfig(Set<String> allowedOrigins, boolean allowCredentials, Duration maxAge) {
    /** Stands for every origin. */
    public static final String ANY_ORIGIN = "*";

    /** A browser asks again after this. */
    static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(10);

    public CorsConfig {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /** Whether any origin will do. */
    public boolean allowsAnyOrigin() {
        return allowedOrigins.contains(ANY_ORIGIN);
    }
}
