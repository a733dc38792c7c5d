package io.undertone.server.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose clients have to send the head of a request within a time, or are cut off. A byte now and then would put off
 * the idle timeout for ever, and hold the connection.
 */
final class PromptRequests extends HttpConnectionFactory {
    private final Duration patience;

    /** @param patience from the first bytes of a request to the end of its headers */
    PromptRequests(HttpConfiguration http, Duration patience) {
        super(http);
        this.patience = patience;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Watched(connector, endPoint), connector, endPoint);
    }

    private final class Watched extends HttpConnection {
        private volatile Scheduler.@Nullable Task look;

        Watched(Connector connector, EndPoint endPoint) {
            super(PromptRequests.this.getHttpConfiguration(), connector, endPoint);
        }

        @Override
        public void onFillable() {
            super.onFillable();
            if (look == null && isInHead()) {
                watch();
            }
        }

        @Override
        public void onClose(Throwable cause) {
            super.onClose(cause);
            Scheduler.Task ahead = look;
            if (ahead != null) {
                ahead.cancel();
            }
        }

        /** Not where another protocol has taken over, of which a parser may have seen the beginning. */
        private boolean isInHead() {
            HttpParser parser = getParser();
            return getEndPoint().getConnection() == this && parser.inHeaderState() && !parser.isStart();
        }

        private void watch() {
            long requestsBefore = getMessagesIn();
            look = getConnector()
                    .getScheduler()
                    .schedule(() -> look(requestsBefore), patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void look(long requestsBefore) {
            look = null;
            if (!isInHead()) {
                return;
            }
            if (getMessagesIn() == requestsBefore) {
                getEndPoint().close();
            } else {
                watch();
            }
        }
    }
}
