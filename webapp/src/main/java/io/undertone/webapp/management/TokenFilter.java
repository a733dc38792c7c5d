package io.undertone.webapp.management;

import io.undertone.webapp.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through who brings the bearer token (RFC 6750). Open to all are only what load balancers ask, the start page and
 * the sample workflows, since a browser has no way to bring it there. Pages for people have a {@link SignInFilter} instead.
 */
final class TokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> OPEN = Set.of("", "/", "/health/live", "/health/ready");
    private static final String SCHEME = "Bearer ";

    private final transient ManagementToken token;
    private final String prefix;

    TokenFilter(ManagementToken token, String prefix) {
        this.token = token;
        this.prefix = prefix;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String authorization = request.getHeader("Authorization");
        if (isOpen(path(request)) || SignInFilter.PAGES.contains(path(request)) || brings(authorization)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(
                "WWW-Authenticate",
                "Bearer realm=\"undertone\"" + (authorization == null ? "" : ", error=\"invalid_token\""));
        String detail = authorization == null ? "No token was sent" : "This is not the management token";
        new Problem(401, "Unauthorized", detail + "; send 'Authorization: Bearer TOKEN'.").writeTo(response);
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || WorkflowsServlet.PATHS.contains(path);
    }

    private boolean brings(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(authorization.substring(SCHEME.length()).strip());
    }

    private String path(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return (request.getServletPath() + (pathInfo == null ? "" : pathInfo)).substring(prefix.length());
    }
}
