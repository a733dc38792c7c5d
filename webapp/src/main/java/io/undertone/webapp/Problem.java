package io.undertone.webapp;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem document (RFC 9457): what went wrong, and how to mend it. Never a stack trace, never a secret.
 *
 * @param status the HTTP status
 * @param title the same for every occurrence of the problem
 * @param detail this occurrence: what was wrong, where, and what to do
 */
public record Problem(int status, String title, String detail) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The document as JSON in UTF-8. */
    public byte[] toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        return JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the document as the whole reply. The response must not be committed. */
    public void writeTo(HttpServletResponse response) throws IOException {
        byte[] body = toJson();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
