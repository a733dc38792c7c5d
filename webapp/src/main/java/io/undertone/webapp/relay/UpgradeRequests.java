package io.undertone.webapp.relay;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What RFC 6455 section 4.2.1 wants of a request, checked before a chat server is troubled with it. */
final class UpgradeRequests {
    /** The one version that there is. */
    static final String VERSION = "13";

    private static final int KEY_LENGTH = 16;

    private UpgradeRequests() {}

    static boolean asksForWebSocket(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && has(request.getHeaders("Upgrade"), "websocket")
                && has(request.getHeaders("Connection"), "upgrade");
    }

    private static boolean has(Enumeration<String> values, String token) {
        return Collections.list(values).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }

    /** What is wrong with a request for a WebSocket; empty where nothing is. */
    static Optional<Problem> mistake(HttpServletRequest request) {
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            return Optional.of(
                    new Problem(426, "Upgrade Required", "Sec-WebSocket-Version has to be " + VERSION + "."));
        }
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            return Optional.of(
                    new Problem(400, "Bad Request", "Sec-WebSocket-Key has to be " + KEY_LENGTH + " bytes in Base64."));
        }
        try {
            new URI(pathAndQuery(request));
            return Optional.empty();
        } catch (URISyntaxException notOne) {
            // Containers let some through, and fail in their own handshake.
            return Optional.of(
                    new Problem(400, "Bad Request", "The address has characters that no URI may have: escape them."));
        }
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_LENGTH;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The raw path, spelled as the client spelled it, behind the upstream's own. For a request without a {@link #mistake}. */
    static URI target(URI upstream, HttpServletRequest request) {
        String base = upstream.toString().replaceFirst("/$", "");
        // http becomes ws, and https wss.
        return URI.create("ws" + base.substring("http".length()) + pathAndQuery(request));
    }

    private static String pathAndQuery(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }
}
