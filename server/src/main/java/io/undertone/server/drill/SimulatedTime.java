package io.undertone.server.drill;

import io.undertone.webapp.probe.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock and a scheduler in which nobody waits: time stands still while a task runs, and jumps to the next one. Tasks of one
 * moment run in the order in which they were scheduled, all on the thread that calls {@link #runFor}. For that thread alone.
 */
final class SimulatedTime extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long nanos;
    private long scheduled;
    private boolean shutDown;

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long at;
        private final long number;

        Task(Callable<V> work, long at) {
            super(work);
            this.at = at;
            this.number = scheduled++;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> task = (Task<?>) other;
            return at == task.at ? Long.compare(number, task.number) : Long.compare(at, task.at);
        }
    }

    /** How much time has passed. */
    Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    Clock clock() {
        InstantSource now = () -> START.plusNanos(nanos);
        return now.withZone(ZoneOffset.UTC);
    }

    /** The same time for a prober. */
    Timing timing() {
        return new Timing(this, clock(), () -> nanos);
    }

    /** Has something happen later. */
    ScheduledFuture<?> after(Duration delay, Runnable event) {
        return schedule(event, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Lets so much time pass, and all happen that happens in it.
     *
     * @throws IllegalStateException if a task failed
     */
    void runFor(Duration duration) {
        long end = nanos + duration.toNanos();
        for (Task<?> task = tasks.peek(); task != null && task.at <= end; task = tasks.peek()) {
            tasks.remove();
            nanos = task.at;
            task.run();
            requireNoFailure(task);
        }
        nanos = end;
    }

    private static void requireNoFailure(Task<?> task) {
        try {
            if (!task.isCancelled()) {
                task.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the simulation failed", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        Task<V> task = new Task<>(work, nanos + Math.max(0, unit.toNanos(delay)));
        if (!shutDown) {
            tasks.add(task);
        }
        return task;
    }

    @Override
    public void execute(Runnable command) {
        var unused = schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing in a drill repeats by itself");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing in a drill repeats by itself");
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        List<Runnable> dropped = new ArrayList<>(tasks);
        tasks.clear();
        return dropped;
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown && tasks.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
