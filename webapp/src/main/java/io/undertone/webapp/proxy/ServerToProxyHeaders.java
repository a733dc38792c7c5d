package io.undertone.webapp.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Which headers of an upstream's answer pass to the client, and how. Each value passes as it stands, commas and all. */
final class ServerToProxyHeaders {
    /** RFC 9110 section 7.6.1, and those that older software sends. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    /** Names an address that would lead clients around the proxy (RFC 7838). */
    private static final String ALTERNATIVE_SERVICE = "alt-svc";

    /** What a trailer must not say (RFC 9110 section 6.5.1), and what speaks of a body that may have been edited since. */
    private static final Set<String> NO_TRAILERS = Set.of(
            "content-length",
            "content-encoding",
            "content-type",
            "content-range",
            "content-md5",
            "content-digest",
            "repr-digest",
            "digest",
            "etag",
            "host",
            "set-cookie",
            "trailer");

    private final HttpFields serverToProxyHeaders;
    /** What the upstream says is for us alone. */
    private final Set<String> ofThisConnection;

    ServerToProxyHeaders(HttpFields serverToProxyHeaders) {
        this.serverToProxyHeaders = serverToProxyHeaders;
        this.ofThisConnection = serverToProxyHeaders.getCSV(HttpHeader.CONNECTION, false).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean passes(String lowerCaseName) {
        return !HOP_BY_HOP.contains(lowerCaseName)
                && !ofThisConnection.contains(lowerCaseName)
                && !lowerCaseName.equals(ALTERNATIVE_SERVICE);
    }

    /** Whether a trailer may follow an answer. */
    static boolean mayFollow(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return !HOP_BY_HOP.contains(lowerCase) && !NO_TRAILERS.contains(lowerCase);
    }

    /**
     * Copies what passes.
     *
     * @param areOursOrigins whether the answer to browsers on other origins is ours, and not the upstream's
     */
    void copyTo(HttpServletResponse proxyToClientResponse, AddressRewriter addresses, boolean areOursOrigins) {
        Set<String> seen = new HashSet<>();
        for (HttpField field : serverToProxyHeaders) {
            String name = field.getLowerCaseName();
            if (!passes(name) || (areOursOrigins && name.startsWith(Cors.HEADER_FAMILY))) {
                continue;
            }
            String value = rewritten(name, field.getValue() == null ? "" : field.getValue(), addresses);
            // The first one replaces what the container wrote of its own, such as Date. Vary is ours as well.
            if (seen.add(name) && !name.equals("vary")) {
                proxyToClientResponse.setHeader(field.getName(), value);
            } else {
                proxyToClientResponse.addHeader(field.getName(), value);
            }
        }
    }

    private static String rewritten(String name, String value, AddressRewriter addresses) {
        return switch (name) {
            case "location", "content-location" -> addresses.location(value);
            case "refresh" -> addresses.refresh(value);
            case "set-cookie" -> addresses.setCookie(value);
            default -> value;
        };
    }
}
