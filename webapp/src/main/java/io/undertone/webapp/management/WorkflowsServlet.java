package io.undertone.webapp.management;

import io.undertone.webapp.Problem;
import io.undertone.webapp.page.Page;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sample workflows, which know no secret and may be read by all. */
final class WorkflowsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** By file name. The media type of SCXML is that of the W3C's recommendation, appendix F. */
    private static final Map<String, String> TYPES = Map.of(
            "ask-undertone.scxml",
            "application/scxml+xml",
            "report-to-undertone.scxml",
            "application/scxml+xml",
            "composer.txt",
            "text/plain; charset=utf-8",
            "ird.txt",
            "text/plain; charset=utf-8");

    /** All that there is. */
    static final Set<String> PATHS = Stream.concat(Stream.of(""), TYPES.keySet().stream())
            .map(name -> "/workflows/" + name)
            .collect(Collectors.toUnmodifiableSet());

    private final transient Page index = new Page(WorkflowsServlet.class, "workflows/index");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        if (path.equals("/")) {
            index.send(response, 200, Map.of());
            return;
        }
        String name = path.replaceFirst("^/", "");
        String type = TYPES.get(name);
        if (type == null) {
            new Problem(404, "Not Found", "There is no such workflow; /workflows/ lists what there is.")
                    .writeTo(response);
            return;
        }
        byte[] body = content(name);
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(WorkflowsServlet.class.getResourceAsStream("workflows/" + name), name)) {
            return resource.readAllBytes();
        }
    }
}
