package io.undertone.filters.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose reply is judged: it asks for a reply that can be read, and its asynchronous end is the judge's, too. */
final class VeilRequest extends HttpServletRequestWrapper {
    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    private final VeilResponse response;
    private final Exchange exchange;
    private final String readableEncoding;
    private final boolean isRangeAllowed;
    private @Nullable AsyncContext asyncContext;

    VeilRequest(HttpServletRequest request, VeilResponse response, Exchange exchange) {
        super(request);
        this.response = response;
        this.exchange = exchange;
        this.readableEncoding = exchange.acceptEncoding().readable();
        this.isRangeAllowed = exchange.isRangeAllowed();
    }

    VeilResponse response() {
        return response;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Whether it is somebody's duty to complete the exchange, or was. */
    boolean wasAsyncStarted() {
        return asyncContext != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(ACCEPT_ENCODING)
                ? readableEncoding
                : isWithheld(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(ACCEPT_ENCODING)
                ? Collections.enumeration(List.of(readableEncoding))
                : isWithheld(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        for (Enumeration<String> all = super.getHeaderNames(); all.hasMoreElements(); ) {
            String name = all.nextElement();
            if (!name.equalsIgnoreCase(ACCEPT_ENCODING) && !isWithheld(name)) {
                names.add(name);
            }
        }
        names.add(ACCEPT_ENCODING);
        return Collections.enumeration(names);
    }

    /** A part of a document cannot be judged. */
    private boolean isWithheld(String name) {
        return !isRangeAllowed && (name.equalsIgnoreCase("Range") || name.equalsIgnoreCase("If-Range"));
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        AsyncContext started = new VeilAsyncContext(super.startAsync(servletRequest, servletResponse), response);
        started.addListener(new FailureListener(exchange));
        asyncContext = started;
        return started;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext started = asyncContext;
        return started == null ? super.getAsyncContext() : started;
    }
}
