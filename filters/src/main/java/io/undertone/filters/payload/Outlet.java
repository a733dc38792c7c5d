package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.payload.Patcher.Part;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is judged of a window, and what stands there instead. What follows a number of messages waits until it is known
 * how many of them were hidden, see {@link DeferredCount}.
 */
final class Outlet {
    private final Dialect dialect;
    private final Window window;
    private final boolean isFrame;
    private @Nullable DeferredCount count;

    /** @param isFrame whether the document is one among others */
    Outlet(Dialect dialect, Window window, boolean isFrame) {
        this.dialect = dialect;
        this.window = window;
        this.isFrame = isFrame;
    }

    /** How many bytes wait for a count. */
    int waiting() {
        return count == null ? 0 : count.size();
    }

    /** Sends everything before an index. */
    void send(int to, Sink out) {
        window.send(to, sink(out));
    }

    /** Sends what was delivered. */
    void flush(Sink out) {
        window.flush(sink(out));
    }

    /** Drops what was not delivered before an index. */
    void cut(int to, Sink out) {
        flush(out);
        window.cut(to);
    }

    /** A message goes out as it is, and everything before it. */
    void deliver(int from, int to, Sink out) {
        oneDelivered();
        Part announcement = announcement(window.bytes(), from, to);
        if (announcement != null) {
            window.send(announcement.valueStart(), out);
            count = DeferredCount.of(window.bytes(), announcement, isFrame);
            if (count != null) {
                window.cut(announcement.valueEnd());
            }
        }
        window.release(to);
    }

    /** Something else goes out in the place of a range, and everything before it. */
    void replace(int from, int to, byte[] replacement, Sink out) {
        oneDelivered();
        send(from, out);
        int written = 0;
        Part announcement = announcement(replacement, 0, replacement.length);
        if (announcement != null) {
            written = announcement.valueStart();
            out.write(replacement, 0, written);
            count = DeferredCount.of(replacement, announcement, isFrame);
            written = count == null ? written : announcement.valueEnd();
        }
        sink(out).write(replacement, written, replacement.length - written);
        window.cut(to);
    }

    private @Nullable Part announcement(byte[] bytes, int from, int to) {
        return dialect.isCounted() && count == null ? DeferredCount.find(dialect, bytes, from, to) : null;
    }

    private void oneDelivered() {
        if (count != null) {
            count.oneDelivered();
        }
    }

    /** One of the messages that were announced does not come. */
    void oneHidden() {
        if (count != null) {
            count.oneHidden();
        }
    }

    /** No more messages come of those that were announced. */
    void listEnded(int to, Sink out) {
        if (count != null) {
            send(to, out);
            sendCount(out);
        }
    }

    /** No more comes. */
    void end(Sink out) {
        send(window.end(), out);
        sendCount(out);
    }

    /** Hands over what was neither sent nor cut. */
    void giveBack(Sink rest) {
        sendCount(rest);
        window.send(window.end(), rest);
    }

    private Sink sink(Sink out) {
        return count == null ? out : count::write;
    }

    private void sendCount(Sink out) {
        if (count != null) {
            count.sendTo(out);
            count = null;
        }
    }
}
