package io.undertone.filters.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Notices that an exchange fails while nothing is being written, as when a client resets a stream that is held. */
final class FailureListener implements AsyncListener {
    private final Exchange exchange;

    FailureListener(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void onError(AsyncEvent event) {
        exchange.failed();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // Nothing failed.
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // It is the server that took too long.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
