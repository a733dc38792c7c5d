package io.undertone.webapp.proxy;

import io.undertone.webapp.config.RouteConfig;

/** A route as it runs: what was configured, and the servers behind it. */
public final class Route {
    private final RouteConfig config;
    private final Upstreams upstreams;

    Route(RouteConfig config, Upstreams upstreams) {
        this.config = config;
        this.upstreams = upstreams;
    }

    public RouteConfig config() {
        return config;
    }

    public Upstreams upstreams() {
        return upstreams;
    }
}
