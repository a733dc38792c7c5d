package io.undertone.server.sandbox;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The customer's chat page: a shop's front page with a chat on it, which talks to the GMS of its own origin. */
final class ChatPageServlet extends HttpServlet {
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "index.html", "text/html;charset=UTF-8",
            "chat.css", "text/css;charset=UTF-8",
            "gms-client.js", "text/javascript;charset=UTF-8",
            "chat.js", "text/javascript;charset=UTF-8",
            "larkfield.svg", "image/svg+xml");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Mapped at "/" the path is in the servlet path, mapped at "/*" in the path info.
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String name = path.equals("/") || path.isEmpty() ? "index.html" : path.substring(1);
        String contentType = CONTENT_TYPES.get(name);
        if (contentType == null) {
            new Problem(404, "Not found", "there is nothing at '" + path + "': the chat page is at /")
                    .writeTo(response);
            return;
        }
        try (InputStream page = ChatPageServlet.class.getResourceAsStream("page/" + name)) {
            if (page == null) {
                throw new IllegalStateException("page/" + name + " is missing from the class path");
            }
            response.setContentType(contentType);
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "same-origin");
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            page.transferTo(response.getOutputStream());
        }
    }
}
