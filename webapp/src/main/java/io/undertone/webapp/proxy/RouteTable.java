package io.undertone.webapp.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.dialect.Dialect;
import io.undertone.webapp.config.DialectCatalogue;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.store.StoredSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Which route a request takes: the longest prefix of its path that ends between two segments. Immutable. */
public final class RouteTable {
    private final List<Route> longestFirst;

    /**
     * @param dialects those that the routes name
     * @param clients tells whose request it is, where several upstreams share them
     * @param nanoTime as {@link System#nanoTime}
     * @param meters counts by upstream
     */
    public RouteTable(
            List<RouteConfig> routes,
            DialectCatalogue dialects,
            ClientAddresses clients,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.longestFirst = routes.stream()
                .sorted(Comparator.comparingInt(
                                (RouteConfig route) -> route.path().length())
                        .reversed())
                .map(route -> route(route, dialects.require(route.dialect()), clients, nanoTime, meters))
                .toList();
    }

    private static Route route(
            RouteConfig config, Dialect dialect, ClientAddresses clients, LongSupplier nanoTime, MeterRegistry meters) {
        Upstreams upstreams = new Upstreams(config.path(), config.upstreams(), dialect, clients, nanoTime, meters);
        return new Route(config, dialect, upstreams);
    }

    /** Has the nodes tell each other which upstream began a session. */
    public void shareSessions(StoredSessions sessions) {
        longestFirst.forEach(route -> route.upstreams().tellOtherNodes(sessions::tell));
        sessions.hear(session -> longestFirst.stream()
                .filter(route -> route.config().path().equals(session.route()))
                .forEach(route -> route.upstreams().heard(session)));
    }

    /** All routes, the longest path first. */
    public List<Route> all() {
        return longestFirst;
    }

    /** The route of a request, empty when none covers its path. */
    public Optional<Route> find(HttpServletRequest clientToProxyRequest) {
        String path = pathOf(clientToProxyRequest);
        for (Route route : longestFirst) {
            if (covers(route.config().path(), path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /**
     * The path as the container resolved it, with escapes decoded and dot segments gone, as the upstream will: a customer
     * cannot reach one route by a spelling that leads to another.
     */
    static String pathOf(HttpServletRequest clientToProxyRequest) {
        String pathInfo = clientToProxyRequest.getPathInfo();
        return clientToProxyRequest.getServletPath() + (pathInfo == null ? "" : pathInfo);
    }

    /** The routes as the Servlet specification's URL patterns. */
    String[] patterns() {
        return longestFirst.stream()
                .map(route -> route.config().path())
                .map(path -> path.equals("/") ? "/*" : path + "/*")
                .toArray(String[]::new);
    }

    private static boolean covers(String prefix, String path) {
        return prefix.equals("/")
                || (path.startsWith(prefix)
                        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/'));
    }
}
