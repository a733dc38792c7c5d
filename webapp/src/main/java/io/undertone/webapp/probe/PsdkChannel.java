package io.undertone.webapp.probe;

import io.undertone.webapp.config.TransportConfig;
import io.undertone.webapp.probe.PsdkLibrary.CallFailedException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one of the interaction servers, opened when it is needed and again when it was lost. After a failure,
 * nobody waits for another one before some time has passed. Thread-safe; all but {@link #close} may block.
 */
final class PsdkChannel implements AutoCloseable {
    private final PsdkLibrary library;
    private final TransportConfig.Psdk config;
    private final Duration timeout;
    private @Nullable Object protocol;
    private boolean closed;
    private boolean failed;
    private long failedAt;

    PsdkChannel(PsdkLibrary library, TransportConfig.Psdk config, Duration timeout) {
        this.library = library;
        this.config = config;
        this.timeout = timeout;
    }

    /** Sends a request. Returns what came back, null when nothing did in time. */
    @Nullable
    Object ask(Object message) throws CallFailedException {
        return library.ask(opened(), message, timeout);
    }

    private synchronized Object opened() throws CallFailedException {
        Object open = protocol;
        if (open != null && library.isOpen(open)) {
            return open;
        }
        release();
        long now = System.nanoTime();
        if (closed || (failed && now - failedAt < timeout.toNanos())) {
            throw new CallFailedException(new ConnectException());
        }
        open = open();
        protocol = open;
        failed = false;
        return open;
    }

    private Object open() throws CallFailedException {
        CallFailedException last = new CallFailedException(new ConnectException());
        for (InetSocketAddress endpoint : config.endpoints()) {
            Object attempt = library.protocol(config.clientName(), endpoint, config.tls());
            try {
                library.open(attempt, timeout);
                return attempt;
            } catch (CallFailedException unreachable) {
                last = unreachable;
                quietlyClose(attempt);
            }
        }
        failed = true;
        failedAt = System.nanoTime();
        throw last;
    }

    private void release() {
        Object lost = protocol;
        protocol = null;
        if (lost != null) {
            quietlyClose(lost);
        }
    }

    private void quietlyClose(Object channel) {
        try {
            library.close(channel);
        } catch (CallFailedException alreadyClosed) {
            // Nothing is lost with it.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}
