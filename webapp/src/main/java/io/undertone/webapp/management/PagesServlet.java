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

/** The start page, the description of the API, and a 404 problem document for every path that nothing else has. */
final class PagesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Page startPage = new Page(PagesServlet.class, "start");
    private final Map<String, String> running;
    private final byte[] openApi;

    /** @param overview what the start page says is running, as safe HTML */
    PagesServlet(String prefix, String overview) {
        running = Map.of("prefix", prefix, "overview", overview);
        openApi = resource("openapi.yaml");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
        switch (path) {
            case "/" -> startPage.send(response, 200, running);
            case "/openapi.yaml" -> send(response, "application/yaml; charset=utf-8", openApi);
            default ->
                new Problem(404, "Not Found", "There is nothing at this path; /openapi.yaml lists what there is.")
                        .writeTo(response);
        }
    }

    private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] resource(String name) {
        try (InputStream resource = Objects.requireNonNull(PagesServlet.class.getResourceAsStream(name), name)) {
            return resource.readAllBytes();
        } catch (IOException broken) {
            throw new IllegalStateException("the application's own " + name + " cannot be read", broken);
        }
    }
}
