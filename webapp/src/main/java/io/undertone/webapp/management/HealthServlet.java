package io.undertone.webapp.management;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code /live}: this process answers. {@code /ready}: send it requests, or 503; and how its parts are. */
final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final transient Readiness readiness;

    HealthServlet(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String question = String.valueOf(request.getPathInfo());
        switch (question) {
            case "/live" -> answer(response, 200, Map.of("status", "live"));
            case "/ready" -> answer(response, readiness.isReady() ? 200 : 503, readinessInWords());
            default -> new Problem(404, "Not Found", "There is /health/live and /health/ready.").writeTo(response);
        }
    }

    private Map<String, String> readinessInWords() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("status", readiness.word());
        words.putAll(readiness.notes());
        return words;
    }

    private static void answer(HttpServletResponse response, int status, Map<String, String> words) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(JSON.writeValueAsString(words));
    }
}
