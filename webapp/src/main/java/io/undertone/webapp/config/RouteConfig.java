package io.undertone.webapp.config;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the public side, and the servers that stand behind it. Immutable.
 *
 * @param path the prefix on our side, {@code /} for everything; it ends between two segments, never inside one
 * @param upstreams absolute http or https URLs, at least one; the whole path of a request is added to the one it goes to
 * @param preserveHost whether an upstream sees the {@code Host} that the client named, and not its own
 * @param dialect a name that the configuration's {@link DialectCatalogue} knows
 * @param maxRequestBody in bytes; a longer body is refused
 * @param cors what is answered to browsers on other origins, null where that is left to the upstream
 * @param connection the same for all routes to one server
 */
public record RouteConfig(
        String path,
        List<URI> upstreams,
        boolean preserveHost,
        String dialect,
        Audience audience,
        OnUnreadable onUnreadable,
        long maxRequestBody,
        @Nullable CorsConfig cors,
        UpstreamConnection connection) {
    public static final String DEFAULT_DIALECT = "auto";
    /** Any attachment of a chat, and far less than a disk. */
    public static final long DEFAULT_MAX_REQUEST_BODY = 256L << 20;

    public RouteConfig {
        upstreams = List.copyOf(upstreams);
    }

    /** A route for customers with every default. */
    public static RouteConfig of(String path, URI... upstreams) {
        return new RouteConfig(
                path,
                List.of(upstreams),
                false,
                DEFAULT_DIALECT,
                Audience.CUSTOMER,
                OnUnreadable.WITHHOLD,
                DEFAULT_MAX_REQUEST_BODY,
                null,
                UpstreamConnection.DEFAULT);
    }

    /** A route for all paths to one upstream, for customers, withholding what cannot be judged. */
    public static RouteConfig toEverything(URI upstream, String dialect) {
        return of("/", upstream).withDialect(dialect);
    }

    private RouteConfig withDialect(String other) {
        return new RouteConfig(
                path, upstreams, preserveHost, other, audience, onUnreadable, maxRequestBody, cors, connection);
    }
}
