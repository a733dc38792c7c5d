package io.undertone.webapp.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** How many proxies an OPTIONS request may still pass (RFC 9110 section 7.6.2). */
final class MaxForwards {
    private MaxForwards() {}

    /** Whether it may go no further, so that the answer is ours. */
    static boolean isLastIn(HttpServletRequest clientToProxyRequest) {
        String value = valueIn(clientToProxyRequest);
        return value != null && value.matches("0+");
    }

    /** That there is a proxy here, and that it lets every method of a chat pass. */
    static void answer(HttpServletResponse proxyToClientResponse) {
        proxyToClientResponse.setStatus(HttpServletResponse.SC_NO_CONTENT);
        proxyToClientResponse.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }

    /** One less for the next, which is us: a number that is none passes as it is. */
    static void lower(HttpServletRequest clientToProxyRequest, HttpFields.Mutable proxyToServerHeaders) {
        String value = valueIn(clientToProxyRequest);
        if (value != null && value.matches("\\d{1,9}")) {
            proxyToServerHeaders.put(HttpHeader.MAX_FORWARDS, Integer.toString(Integer.parseInt(value) - 1));
        }
    }

    private static @Nullable String valueIn(HttpServletRequest clientToProxyRequest) {
        return clientToProxyRequest.getMethod().equals("OPTIONS")
                ? clientToProxyRequest.getHeader(HttpHeader.MAX_FORWARDS.asString())
                : null;
    }
}
