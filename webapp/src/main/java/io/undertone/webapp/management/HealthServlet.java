package io.undertone.webapp.management;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /live}: this process answers. {@code /ready}: send it requests, or 503. */
final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Readiness readiness;

    HealthServlet(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String question = String.valueOf(request.getPathInfo());
        switch (question) {
            case "/live" -> answer(response, 200, "live");
            case "/ready" -> answer(response, readiness.isReady() ? 200 : 503, readiness.word());
            default -> new Problem(404, "Not Found", "There is /health/live and /health/ready.").writeTo(response);
        }
    }

    private static void answer(HttpServletResponse response, int status, String word) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"status\":\"" + word + "\"}");
    }
}
