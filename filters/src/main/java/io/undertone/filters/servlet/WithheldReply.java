package io.undertone.filters.servlet;

import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;

/** What the customer's client gets instead of a reply that could not be judged: a problem document (RFC 9457). */
final class WithheldReply {
    static final int STATUS = HttpServletResponse.SC_BAD_GATEWAY;
    static final String CONTENT_TYPE = "application/problem+json";

    private WithheldReply() {}

    static byte[] body(UnreadableReason reason) {
        return ("{\"type\":\"about:blank\",\"title\":\"Reply withheld\",\"status\":" + STATUS
                        + ",\"detail\":\"The chat system's reply could not be judged (" + reason.tag()
                        + ") and was not passed on. Try again; if it stays, the server's log names the cause.\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
