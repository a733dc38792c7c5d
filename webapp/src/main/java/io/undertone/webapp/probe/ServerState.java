package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the last probes told of one chat server, whichever chats they were for. "No chat server took it" is as true of the
 * server's other chats for a moment, and so is silence, once it was met often enough; a fault is about one chat. Used by its
 * {@link Gate} alone, one call at a time.
 */
final class ServerState {
    /** One chat may be slow to answer; this many requests in a row without any answer are the server's doing. */
    static final int SILENCES_THAT_TELL = 10;
    /** Spares the server, and leaves connections to the chats of others. */
    static final int MOST_AT_ONCE = 32;

    private final Ticker ticker;
    private final long freshNanos;
    private @Nullable EspOutcome shared;
    private boolean answers;
    private int silences;
    private long seenAt;

    /** @param fresh how long what was seen holds for other chats of the server */
    ServerState(Ticker ticker, Duration fresh) {
        this.ticker = ticker;
        this.freshNanos = fresh.toNanos();
    }

    /** What every chat of the server would be told now, null when each has to ask. */
    @Nullable
    EspOutcome known() {
        return isFresh() ? shared : null;
    }

    /** One request, a scout, goes first where it is not known whether the server is there. */
    int mostAtOnce() {
        boolean slow = silences > 0 && silences < SILENCES_THAT_TELL;
        return slow || (answers && isFresh()) ? MOST_AT_ONCE : 1;
    }

    void learn(EspOutcome outcome) {
        boolean silent = outcome instanceof EspOutcome.TimedOut || outcome instanceof EspOutcome.Failed;
        silences = silent ? Math.min(silences + 1, SILENCES_THAT_TELL) : 0;
        answers = !silent && !(outcome instanceof EspOutcome.NoServer);
        shared = outcome instanceof EspOutcome.NoServer || silences == SILENCES_THAT_TELL ? outcome : null;
        seenAt = ticker.read();
    }

    private boolean isFresh() {
        return ticker.read() - seenAt < freshNanos;
    }
}
