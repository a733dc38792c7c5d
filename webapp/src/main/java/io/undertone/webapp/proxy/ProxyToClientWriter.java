package io.undertone.webapp.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Passes the chunks of one reply on, each flushed before the next is asked for: a customer has an event as soon as the
 * proxy has it, and the proxy holds one chunk at most. A customer who does not take what is there holds an upstream, so one
 * who takes less than it has to is given up; between two chunks nobody is waited for.
 *
 * <p>There is one chunk at a time, and the output says when it may be touched, so that no two threads ever write at once.
 * The container may report an error at any time, though: who is told of it, and of the chunk, is settled under the lock. Who
 * looks whether the client keeps its pace touches none of the chunk.
 */
final class ProxyToClientWriter implements WriteListener {
    private enum Step {
        WAIT,
        WRITE,
        FLUSH,
        DONE
    }

    /** A look that nobody cancelled in time keeps the whole exchange in memory until then. */
    private static final long FURTHEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final ServletOutputStream proxyToClientOutput;
    private final Response serverToProxyResponse;
    private final BodyPace pace;
    private final Scheduler scheduler;
    private final Lock containerLock;
    private Step step = Step.WAIT;
    private byte[] chunk = {};
    private int offset;
    private int length;
    private @Nullable Callback consumed;

    private volatile long offered;
    /** Ahead while the output is not ready, and sometimes once after that. */
    private volatile Scheduler.@Nullable Task look;

    /**
     * @param pace how fast the client has to be
     * @param scheduler looks whether it is
     * @param containerLock held in each call to the output
     */
    ProxyToClientWriter(
            ServletOutputStream proxyToClientOutput,
            Response serverToProxyResponse,
            BodyPace pace,
            Scheduler scheduler,
            Lock containerLock) {
        this.proxyToClientOutput = proxyToClientOutput;
        this.serverToProxyResponse = serverToProxyResponse;
        this.pace = pace;
        this.scheduler = scheduler;
        this.containerLock = containerLock;
    }

    /** Hands over the next chunk, to be written when the output is ready. */
    void offer(byte[] bytes, int from, int count, Callback whenConsumed) {
        chunk = bytes;
        offset = from;
        length = count;
        consumed = whenConsumed;
        step = Step.WRITE;
        long all = offered + count;
        offered = all;
        pace.await();
    }

    /** Called by the container, and by whoever has offered a chunk but the first. */
    @Override
    public void onWritePossible() {
        try {
            advance();
        } catch (IOException failure) {
            onError(failure);
        }
    }

    private void advance() throws IOException {
        Callback written = write();
        if (written != null) {
            // It may bring the next chunk, and have it written.
            written.succeeded();
        }
    }

    /** Takes the steps for which the output is ready; null unless that was the last of a chunk. */
    private @Nullable Callback write() throws IOException {
        containerLock.lock();
        try {
            while (step != Step.WAIT) {
                if (!proxyToClientOutput.isReady()) {
                    // From here on the container may call from another thread.
                    lookInTime();
                    return null;
                }
                switch (step) {
                    case WRITE -> {
                        step = Step.FLUSH;
                        proxyToClientOutput.write(chunk, offset, length);
                    }
                    case FLUSH -> {
                        step = Step.DONE;
                        proxyToClientOutput.flush();
                    }
                    default -> {
                        return settled();
                    }
                }
            }
            return null;
        } finally {
            containerLock.unlock();
        }
    }

    private void lookInTime() {
        long left = pace.nanosLeft(offered);
        if (look == null && left != Long.MAX_VALUE) {
            look = scheduler.schedule(this::look, Math.min(left, FURTHEST_LOOK_NANOS), TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange's end tells that it was aborted
    private void look() {
        look = null;
        if (pace.nanosLeft(offered) <= 0) {
            serverToProxyResponse.abort(new SlowBodyException("the client takes the reply too slowly"));
        } else {
            lookInTime();
        }
    }

    /** The customer has gone, or cannot be written to: the upstream is let go, which ends the exchange as failed. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the exchange's end tells that it was aborted
    public void onError(Throwable failure) {
        Callback unwritten = settled();
        if (unwritten == null) {
            serverToProxyResponse.abort(failure);
        } else {
            unwritten.failed(failure);
        }
    }

    /** Says once of each chunk whom to tell what became of it; null between two. A failed write and the container both ask. */
    private @Nullable Callback settled() {
        containerLock.lock();
        try {
            Callback settled = consumed;
            if (settled != null) {
                consumed = null;
                step = Step.WAIT;
                var unused = pace.isKept(offered);
                Scheduler.Task ahead = look;
                if (ahead != null) {
                    ahead.cancel();
                    look = null;
                }
            }
            return settled;
        } finally {
            containerLock.unlock();
        }
    }
}
