package io.undertone.webapp.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notes how long it should wait, and lets the time pass at once. */
final class ImpatientScheduler extends ScheduledThreadPoolExecutor {
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    ImpatientScheduler() {
        super(1);
    }

    /** The pauses asked for, in their order. */
    List<Duration> waits() {
        return waits;
    }

    /** A time in which nothing but the pauses takes any. */
    Timing timing(Clock clock) {
        return new Timing(this, clock, nanos::get);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        waitFor(delay, unit);
        return super.schedule(command, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        waitFor(delay, unit);
        return super.schedule(callable, 0, unit);
    }

    private void waitFor(long delay, TimeUnit unit) {
        waits.add(Duration.of(delay, unit.toChronoUnit()));
        nanos.addAndGet(unit.toNanos(delay));
    }
}
