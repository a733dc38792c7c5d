package io.undertone.webapp.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Tells a client something while it can still be told. An exchange has no time-out of its own, but Tomcat lets those time out
 * whose web application is being stopped, and answers 500 where nobody minds.
 */
record ContainerStop(ProxyExchange exchange) implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) {
        exchange.stop();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // It ended in good order.
    }

    @Override
    public void onError(AsyncEvent event) {
        // Whoever writes or reads is told as well.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // There is one cycle.
    }
}
