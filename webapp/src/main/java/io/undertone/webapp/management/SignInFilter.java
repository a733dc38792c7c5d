package io.undertone.webapp.management;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.undertone.webapp.Problem;
import io.undertone.webapp.page.Page;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets people to a page who signed in with the token, since a browser has no other way to bring it. A session is a random
 * name in memory, so what a browser keeps tells nothing of the token; it ends with the browser's, with this process, or
 * after some hours. The cookie goes to the page's own path alone: browsers send cookies to every port of a host, and so to
 * customers' side as well.
 */
final class SignInFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** The paths of the pages for people, which {@link TokenFilter} leaves to this. */
    static final Set<String> PAGES = Set.of("/probe");

    private static final String SIGN_OUT = "sign-out";
    private static final String COOKIE = "undertone-session";
    private static final int BYTES = 32;
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final int MOST_SESSIONS = 1_000;

    private final transient ManagementToken token;
    private final transient Cache<String, Boolean> sessions;
    private final transient SecureRandom random = new SecureRandom();
    private final transient Page page = new Page(SignInFilter.class, "sign-in");

    SignInFilter(ManagementToken token, Ticker ticker) {
        this.token = token;
        sessions = Caffeine.newBuilder()
                .expireAfterWrite(LONGEST)
                .maximumSize(MOST_SESSIONS)
                .ticker(ticker)
                .build();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean posts = !request.getMethod().equals("GET");
        if (posts && !isOwnForm(request)) {
            new Problem(403, "Forbidden", "This was not sent by the page itself; open the page, and send its form.")
                    .writeTo(response);
        } else if (posts && SIGN_OUT.equals(request.getQueryString())) {
            signOut(request, response);
        } else if (isSignedIn(request)) {
            chain.doFilter(request, response);
        } else if (posts && request.getParameter("token") != null) {
            signIn(request, response);
        } else {
            page.send(response, 401, Map.of("mistake", ""));
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!token.matches(request.getParameter("token").strip())) {
            page.send(
                    response, 401, Map.of("mistake", "<p class=\"mistake\">This is not the token of this server.</p>"));
            return;
        }
        byte[] name = new byte[BYTES];
        random.nextBytes(name);
        String session = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
        sessions.put(session, true);
        response.addCookie(cookie(session, request));
        String query = request.getQueryString();
        toPage(query == null ? "" : "?" + query, request, response);
    }

    /** Ends the session that the browser has, if any. */
    private void signOut(HttpServletRequest request, HttpServletResponse response) {
        named(request).forEach(sessions::invalidate);
        Cookie ended = cookie("", request);
        ended.setMaxAge(0);
        response.addCookie(ended);
        toPage("", request, response);
    }

    private static void toPage(String query, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path(request) + query);
        response.setHeader("Cache-Control", "no-store");
    }

    private static String path(HttpServletRequest request) {
        return request.getContextPath() + request.getServletPath();
    }

    private static Cookie cookie(String session, HttpServletRequest request) {
        Cookie cookie = new Cookie(COOKIE, session);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setPath(path(request));
        cookie.setAttribute("SameSite", "Strict");
        return cookie;
    }

    private boolean isSignedIn(HttpServletRequest request) {
        return named(request).anyMatch(session -> sessions.getIfPresent(session) != null);
    }

    /** The sessions that a request names; there may be several cookies of one name. */
    private static Stream<String> named(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue);
    }

    /** SameSite alone does not keep out pages of the same host's other ports, where customers are. */
    private static boolean isOwnForm(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (origin == null || (site != null && !site.equals("same-origin"))) {
            return false;
        }
        try {
            URI from = URI.create(origin);
            String host = request.getHeader("Host");
            return host != null ? host.equalsIgnoreCase(from.getRawAuthority()) : isAddressed(request, from);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /** HTTP/2 has no Host header: what the client addressed is the container's to know. */
    private static boolean isAddressed(HttpServletRequest request, URI from) {
        int port = from.getPort() >= 0 ? from.getPort() : "https".equals(from.getScheme()) ? 443 : 80;
        return request.getServerName().equalsIgnoreCase(from.getHost()) && request.getServerPort() == port;
    }
}
