package io.undertone.webapp.proxy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a client sends a body, or takes one, as fast as it has to. Only the time in which it is waited for counts, and it
 * may begin slowly: an upstream that is slow is none of its faults, nor is a tunnel on its way. Thread-safe.
 */
public final class BodyPace {
    /** Whoever keeps to nothing. */
    static final BodyPace ANY = new BodyPace(0, Duration.ZERO, () -> 0);

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final int bytesPerSecond;
    private final Duration grace;
    private final LongSupplier nanoTime;
    private boolean isAwaited;
    private long awaitedSince;
    private long awaitedNanos;

    /**
     * Begins with one body.
     *
     * @param bytesPerSecond the least, 0 for any
     * @param nanoTime as {@link System#nanoTime}
     */
    public BodyPace(int bytesPerSecond, LongSupplier nanoTime) {
        this(bytesPerSecond, GRACE, nanoTime);
    }

    BodyPace(int bytesPerSecond, Duration grace, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    /** From now on the client is waited for. */
    synchronized void await() {
        if (!isAwaited) {
            isAwaited = true;
            awaitedSince = nanoTime.getAsLong();
        }
    }

    /**
     * The client is waited for no longer: some more has come or gone, or had been there.
     *
     * @param bytes all that came or went before
     * @return whether the client may go on
     */
    synchronized boolean isKept(long bytes) {
        if (isAwaited) {
            isAwaited = false;
            awaitedNanos += nanoTime.getAsLong() - awaitedSince;
        }
        double seconds = (awaitedNanos - grace.toNanos()) / 1e9;
        return bytesPerSecond == 0 || bytes >= seconds * bytesPerSecond;
    }

    /**
     * How much longer the client may be waited for, in nanoseconds; {@link Long#MAX_VALUE} while it is not, or may take any
     * time.
     *
     * @param bytes all that it should have taken then
     */
    synchronized long nanosLeft(long bytes) {
        if (!isAwaited || bytesPerSecond == 0) {
            return Long.MAX_VALUE;
        }
        long allowed = grace.toNanos() + (long) (bytes * 1e9 / bytesPerSecond);
        return allowed - awaitedNanos - (nanoTime.getAsLong() - awaitedSince);
    }
}
