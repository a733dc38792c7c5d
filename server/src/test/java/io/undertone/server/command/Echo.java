package io.undertone.server.command;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An upstream that says what it was asked. */
final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        response.getWriter()
                .write(request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query));
    }
}
