package io.undertone.webapp.page;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page on its way to a browser, which shows each piece as it comes, with script and without. Pieces go out in their order, on
 * the container's threads: whoever brings one does not wait. Thread-safe.
 */
public final class PageStream {
    private static final Logger LOG = LoggerFactory.getLogger(PageStream.class);

    private final AsyncContext exchange;
    private final Runnable whenLost;
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    private boolean isEnded;

    /**
     * @param exchange whose reply has begun, see {@link Page#begin}
     * @param whenLost run when the browser is found to be gone
     */
    public PageStream(AsyncContext exchange, Runnable whenLost) {
        this.exchange = exchange;
        this.whenLost = whenLost;
    }

    /** Sends a piece behind those before it; nothing comes behind the last. */
    public synchronized void write(String html) {
        if (isEnded) {
            return;
        }
        sent = sent.thenRunAsync(() -> send(html), exchange::start);
    }

    /** Sends the last piece. */
    public synchronized void end(String html) {
        write(html);
        isEnded = true;
        var unused = sent.whenComplete((done, failure) -> exchange.complete());
    }

    private void send(String html) {
        try {
            ServletOutputStream out = exchange.getResponse().getOutputStream();
            out.write(html.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            LOG.debug("The browser left before its page was whole", gone);
            whenLost.run();
            throw new UncheckedIOException(gone);
        }
    }
}
