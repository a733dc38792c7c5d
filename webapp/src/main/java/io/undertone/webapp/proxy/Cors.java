package io.undertone.webapp.proxy;

import io.undertone.webapp.config.CorsConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers browsers on other origins in the upstream's stead (the CORS protocol of the Fetch standard). An allowed origin may
 * use every method and header; any other gets no permission, and its browser keeps the answer from it.
 */
final class Cors {
    /** What the names of the protocol's headers begin with. */
    static final String HEADER_FAMILY = "access-control-";

    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    private Cors() {}

    /** Whether a browser asks what it may ask; such a request never reaches an upstream. */
    static boolean isPreflight(HttpServletRequest clientToProxyRequest) {
        return clientToProxyRequest.getMethod().equals("OPTIONS")
                && clientToProxyRequest.getHeader("Origin") != null
                && clientToProxyRequest.getHeader(REQUEST_METHOD) != null;
    }

    /** Says in any answer whether the origin of its request may read it. */
    static void permit(
            CorsConfig config, HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        if (!config.allowsAnyOrigin()) {
            proxyToClientResponse.setHeader("Vary", "Origin");
        }
        String origin = clientToProxyRequest.getHeader("Origin");
        if (isAllowed(config, origin)) {
            proxyToClientResponse.setHeader(
                    "Access-Control-Allow-Origin", config.allowsAnyOrigin() ? CorsConfig.ANY_ORIGIN : origin);
            if (config.allowCredentials()) {
                proxyToClientResponse.setHeader("Access-Control-Allow-Credentials", "true");
            }
        }
    }

    /** The whole answer to a preflight, behind {@link #permit}. */
    static void answerPreflight(
            CorsConfig config, HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        proxyToClientResponse.setStatus(HttpServletResponse.SC_NO_CONTENT);
        if (!isAllowed(config, clientToProxyRequest.getHeader("Origin"))) {
            return;
        }
        proxyToClientResponse.setHeader("Access-Control-Allow-Methods", clientToProxyRequest.getHeader(REQUEST_METHOD));
        String headers = clientToProxyRequest.getHeader(REQUEST_HEADERS);
        if (headers != null) {
            proxyToClientResponse.setHeader("Access-Control-Allow-Headers", headers);
        }
        proxyToClientResponse.setHeader(
                "Access-Control-Max-Age", Long.toString(config.maxAge().toSeconds()));
    }

    private static boolean isAllowed(CorsConfig config, @Nullable String origin) {
        return origin != null
                && (config.allowsAnyOrigin() || config.allowedOrigins().contains(origin));
    }
}
