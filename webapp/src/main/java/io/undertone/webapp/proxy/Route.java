package io.undertone.webapp.proxy;

import io.undertone.filters.dialect.Dialect;
import io.undertone.webapp.config.RouteConfig;

/** A route as it runs: what was configured, and the servers behind it. */
public final class Route {
    private final RouteConfig config;
    private final Dialect dialect;
    private final Upstreams upstreams;
    private final UpstreamLinks links;

    Route(RouteConfig config, Dialect dialect, Upstreams upstreams) {
        this.config = config;
        this.dialect = dialect;
        this.upstreams = upstreams;
        this.links = new UpstreamLinks(config.upstreams());
    }

    public RouteConfig config() {
        return config;
    }

    Dialect dialect() {
        return dialect;
    }

    UpstreamLinks links() {
        return links;
    }

    public Upstreams upstreams() {
        return upstreams;
    }
}
