package io.undertone.filters.servlet;

import io.undertone.filters.keyword.KeywordSet;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Judges every reply on its way to an audience. */
public final class VeilFilter implements Filter {
    /**
     * @param routes how a request's reply is judged; empty for a reply that is not
     * @param keywords asked once for each exchange
     */
    public VeilFilter(
            Function<HttpServletRequest, Optional<VeilRoute>> routes,
            Supplier<KeywordSet> keywords,
            VeilListener listener) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
