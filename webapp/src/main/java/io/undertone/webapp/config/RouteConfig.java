package io.undertone.webapp.config;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;
import java.net.URI;

/**
 * A part of the public side, and the server that stands behind it.
 *
 * @param path the prefix on our side, {@code /} for everything; it ends between two segments, never inside one
 * @param upstream an absolute http or https URL; the whole path of a request is added to it
 * @param dialect a name that the configuration's {@link DialectCatalogue} knows
 * @param connection the same for all routes to one server
 */
public record RouteConfig(
        String path,
        URI upstream,
        String dialect,
        Audience audience,
        OnUnreadable onUnreadable,
        UpstreamConnection connection) {
    public static final String DEFAULT_DIALECT = "auto";

    /** A route for all paths to one upstream, for customers, withholding what cannot be judged. */
    public static RouteConfig toEverything(URI upstream, String dialect) {
        return new RouteConfig(
                "/", upstream, dialect, Audience.CUSTOMER, OnUnreadable.WITHHOLD, UpstreamConnection.DEFAULT);
    }
}
