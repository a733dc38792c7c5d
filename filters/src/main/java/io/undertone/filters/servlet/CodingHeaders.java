package io.undertone.filters.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;

/** The headers that say how a judged body is coded. They are set no sooner than there is something to send. */
final class CodingHeaders {
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final String VARY = "Vary";

    private final HttpServletResponse response;
    private boolean isAnnounced;

    CodingHeaders(HttpServletResponse response) {
        this.response = response;
    }

    void announce(JudgedBody body) {
        body.newCoding().ifPresent(coding -> {
            response.setHeader(CONTENT_ENCODING, coding.token());
            isAnnounced = true;
        });
        if (body.wasCoded() && !variesByEncoding()) {
            response.addHeader(VARY, ACCEPT_ENCODING);
        }
    }

    private boolean variesByEncoding() {
        return response.getHeaders(VARY).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(ACCEPT_ENCODING));
    }

    /** Another body comes instead. Before Servlet 6.1 a header cannot be removed, but it can say that there is no coding. */
    void takeBack() {
        if (isAnnounced && response.containsHeader(CONTENT_ENCODING)) {
            response.setHeader(CONTENT_ENCODING, "identity");
        }
        isAnnounced = false;
    }
}
