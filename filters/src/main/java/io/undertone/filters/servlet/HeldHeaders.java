package io.undertone.filters.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that speak of a body's exact bytes. They wait until it is clear whether the body is judged: it may then be
 * another one, and the Servlet API knows no way to take a header back.
 */
final class HeldHeaders {
    private static final String CONTENT_LENGTH = "content-length";
    private static final String CONTENT_ENCODING = "content-encoding";

    /** RFC 9110 sections 8 and 14, RFC 9530, and the older ones that they replace. */
    private static final Set<String> NAMES = Set.of(
            CONTENT_LENGTH,
            CONTENT_ENCODING,
            "etag",
            "content-md5",
            "digest",
            "content-digest",
            "repr-digest",
            "accept-ranges");

    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();

    static boolean holds(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    void set(String name, String value) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        add(name, value);
    }

    void add(String name, String value) {
        headers.add(new Header(name, value));
    }

    void clear() {
        headers.clear();
    }

    Optional<String> get(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** The body's length as it was declared, -1 if it was not. */
    long contentLength() {
        try {
            return get(CONTENT_LENGTH).map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The codings of the body, as they were declared, null if it has none. */
    @Nullable
    String contentEncoding() {
        String all = null;
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(CONTENT_ENCODING)) {
                all = all == null ? header.value() : all + "," + header.value();
            }
        }
        return all;
    }

    void releaseTo(HttpServletResponse response) {
        headers.forEach(header -> response.addHeader(header.name(), header.value()));
        headers.clear();
    }
}
