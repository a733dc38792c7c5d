package io.undertone.webapp.war;

import io.undertone.webapp.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps the two sides of one context apart: the management prefix and the management port belong together. */
final class PortGate extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final String managementPrefix;
    private final int managementPort;

    PortGate(String managementPrefix, int managementPort) {
        this.managementPrefix = managementPrefix;
        this.managementPort = managementPort;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String pathInfo = request.getPathInfo();
        String path = request.getServletPath() + (pathInfo == null ? "" : pathInfo);
        boolean management = path.equals(managementPrefix) || path.startsWith(managementPrefix + "/");
        // The port that the connection came in on; the Host header names whatever the client likes.
        if (management == (request.getLocalPort() == managementPort)) {
            chain.doFilter(request, response);
        } else {
            new Problem(404, "Not Found", "There is nothing at this path.").writeTo(response);
        }
    }
}
