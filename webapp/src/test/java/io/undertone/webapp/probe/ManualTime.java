package io.undertone.webapp.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A time that passes only when a test says so; what is due then runs on the test's thread, in its order. */
final class ManualTime extends Clock {
    private static final Instant BEGIN = Instant.parse("2026-11-22T19:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final PriorityBlockingQueue<Task> tasks = new PriorityBlockingQueue<>(
            16, Comparator.comparingLong(Task::dueAt).thenComparingLong(Task::number));

    Timing timing() {
        return new Timing(new Scheduler(), this, nanos::get);
    }

    /** Lets time pass. */
    void advance(Duration time) {
        long end = nanos.get() + time.toNanos();
        for (Task task = tasks.peek(); task != null && task.dueAt() <= end; task = tasks.peek()) {
            tasks.remove(task);
            nanos.set(Math.max(nanos.get(), task.dueAt()));
            task.run();
        }
        nanos.set(end);
    }

    /** How many tasks wait for their time. */
    int waiting() {
        return tasks.size();
    }

    /** How long it is until the next task, empty when none waits. */
    Optional<Duration> untilNext() {
        return Optional.ofNullable(tasks.peek()).map(task -> Duration.ofNanos(task.dueAt() - nanos.get()));
    }

    @Override
    public Instant instant() {
        return BEGIN.plusNanos(nanos.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private final class Scheduler extends ScheduledThreadPoolExecutor {
        Scheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            Task task = new Task(command, nanos.get() + unit.toNanos(delay), numbers.incrementAndGet());
            tasks.add(task);
            return task;
        }
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long dueAt;
        private final long number;

        Task(Runnable command, long dueAt, long number) {
            super(command, null);
            this.dueAt = dueAt;
            this.number = number;
        }

        long dueAt() {
            return dueAt;
        }

        long number() {
            return number;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            tasks.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueAt - nanos.get(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
