package io.undertone.server.jetty;

import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.DrainConfig;
import io.undertone.webapp.management.Readiness;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.Graceful;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets customers go before the server stops: whoever asks is told that it is not ready, and a while later no more customers
 * come in, and those that are in are served to the end. The management side answers all the while.
 */
record Drain(
        UndertoneApplication application, ServerConnector customers, GracefulHandler exchanges, DrainConfig config) {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** For the answers to those that are given up. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Returns when nothing is in flight, or when it took too long. An interruption makes it return at once. */
    void run() {
        application.readiness().become(Readiness.State.DRAINING);
        try {
            pause(config.delay());
            customers.close();
            sendGoAway();
            application.drain();
            if (!finishedIn(config.timeout())) {
                LOG.warn(
                        "{} requests are given up: they took longer than drain.timeout",
                        exchanges.getCurrentRequestCount());
                application.giveUp();
                finishedIn(LAST_WORDS);
            }
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean finishedIn(Duration time) throws InterruptedException {
        try {
            exchanges.shutdown().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException tooLong) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the drain failed", impossible);
        }
    }

    /** Clients of HTTP/2 are told to come another way (RFC 9113 section 6.8); to those of HTTP/1.1 the next reply says so. */
    @SuppressWarnings("FutureReturnValueIgnored") // whether a client closes in time is seen when the connections are
    private void sendGoAway() {
        customers.getContainedBeans(Graceful.class).forEach(Graceful::shutdown);
    }

    private static void pause(Duration delay) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(delay.toMillis());
    }
}
