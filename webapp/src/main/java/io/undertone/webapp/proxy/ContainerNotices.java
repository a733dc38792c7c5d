package io.undertone.webapp.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** What the container says of an exchange that waits for its upstream. */
record ContainerNotices(ProxyExchange exchange) implements AsyncListener {
    /**
     * Tells the client something while it can still be told. An exchange has no time-out of its own, but Tomcat lets those
     * time out whose web application is being stopped, and answers 500 where nobody minds.
     */
    @Override
    public void onTimeout(AsyncEvent event) {
        exchange.stop();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // It ended in good order.
    }

    /** As when a client resets its stream (RFC 9113 section 8.7). */
    @Override
    public void onError(AsyncEvent event) {
        exchange.clientHasGone();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // There is one cycle.
    }
}
