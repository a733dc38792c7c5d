package io.undertone.webapp.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;

/**
 * A request for a WebSocket, for as long as the handshake takes. Jetty keeps the request that it is handed until the socket is
 * closed, and all that an exchange over HTTP is made of with it: a quarter of what an idle socket takes.
 */
final class HandshakeRequest extends HttpServletRequestWrapper {
    private static final HttpServletRequest OVER = (HttpServletRequest) Proxy.newProxyInstance(
            HandshakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
                throw new IllegalStateException("the handshake is over: " + method.getName() + " comes too late");
            });

    HandshakeRequest(HttpServletRequest request) {
        super(request);
    }

    /** Lets go of the request: nobody asks for anything in it any more. */
    void end() {
        setRequest(OVER);
    }
}
