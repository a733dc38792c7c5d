package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Notes how long it should wait, and does not. */
final class ImpatientScheduler extends ScheduledThreadPoolExecutor {
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    ImpatientScheduler() {
        super(1);
    }

    /** The pauses asked for, in their order. */
    List<Duration> waits() {
        return waits;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        waits.add(Duration.of(delay, unit.toChronoUnit()));
        return super.schedule(command, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        waits.add(Duration.of(delay, unit.toChronoUnit()));
        return super.schedule(callable, 0, unit);
    }
}
