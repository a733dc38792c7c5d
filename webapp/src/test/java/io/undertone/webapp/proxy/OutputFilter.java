package io.undertone.webapp.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A filter that stands between the proxy and the container's output, as the veil does. */
abstract class OutputFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** What the proxy writes to instead. */
    abstract ServletOutputStream around(ServletOutputStream output);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletOutputStream output = response.getOutputStream();
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            @Override
            public ServletOutputStream getOutputStream() {
                return around(output);
            }
        });
    }
}
