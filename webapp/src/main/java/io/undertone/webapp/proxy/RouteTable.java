package io.undertone.webapp.proxy;

import io.undertone.webapp.config.RouteConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which route a request takes: the longest prefix of its path that ends between two segments. Immutable. */
public final class RouteTable {
    private final List<RouteConfig> longestFirst;

    public RouteTable(List<RouteConfig> routes) {
        this.longestFirst = routes.stream()
                .sorted(Comparator.comparingInt(
                                (RouteConfig route) -> route.path().length())
                        .reversed())
                .toList();
    }

    /**
     * Looks at the path as the container resolved it, with escapes decoded and dot segments gone, as the upstream will:
     * a customer cannot reach one route by a spelling that leads to another.
     */
    public Optional<RouteConfig> find(HttpServletRequest clientToProxyRequest) {
        String pathInfo = clientToProxyRequest.getPathInfo();
        String path = clientToProxyRequest.getServletPath() + (pathInfo == null ? "" : pathInfo);
        return longestFirst.stream().filter(route -> covers(route.path(), path)).findFirst();
    }

    /** The routes as the Servlet specification's URL patterns. */
    String[] patterns() {
        return longestFirst.stream()
                .map(route -> route.path().equals("/") ? "/*" : route.path() + "/*")
                .toArray(String[]::new);
    }

    private static boolean covers(String prefix, String path) {
        return prefix.equals("/") || path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
