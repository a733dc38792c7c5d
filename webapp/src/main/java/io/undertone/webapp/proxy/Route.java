package io.undertone.webapp.proxy;

import io.undertone.filters.dialect.Dialect;
import io.undertone.webapp.config.RouteConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    /** Whether replies to a request may name addresses that are to be edited. */
    boolean mayLink(HttpServletRequest clientToProxyRequest) {
        return UpstreamLinks.mayBeUnder(RouteTable.pathOf(clientToProxyRequest), dialect);
    }

    /** Edits the addresses in the reply to a request; null where it has none. */
    UpstreamLinks.@Nullable Editing links(HttpServletRequest clientToProxyRequest, ClientAddresses clients) {
        return mayLink(clientToProxyRequest) ? links.begin(ours(clientToProxyRequest, clients)) : null;
    }

    /** Edits the addresses in each message of the WebSocket that a request opens. */
    public UnaryOperator<byte[]> messageLinks(HttpServletRequest clientToProxyRequest, ClientAddresses clients) {
        if (!mayLink(clientToProxyRequest)) {
            return UnaryOperator.identity();
        }
        String ours = ours(clientToProxyRequest, clients);
        return serverToProxyMessage -> links.begin(ours).all(serverToProxyMessage);
    }

    private static String ours(HttpServletRequest clientToProxyRequest, ClientAddresses clients) {
        return ForwardedHeaders.originOf(clientToProxyRequest, clients.trustsPeerOf(clientToProxyRequest))
                + clientToProxyRequest.getContextPath();
    }

    public Upstreams upstreams() {
        return upstreams;
    }
}
