package io.undertone.server.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * Customers who poll for a while, as fast as answers come or at a fixed rate. At a fixed rate a latency counts from when a request
 * was due, whether or not a connection was free for it then: an answer that stalls does not hide those behind it (coordinated
 * omission).
 */
final class Load {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final IntFunction<ByteBuffer> requests;
    private final long expectedBytes;
    private final long nanosApart;
    private final Duration duration;
    private final Deque<Customer> idle = new ArrayDeque<>();
    private final Histogram latencies = newHistogram();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private long begin;
    private long asked;
    private int customers;

    /**
     * What came of it.
     *
     * @param latencies in nanoseconds, one for each request
     */
    record Outcome(double seconds, Histogram latencies) {
        long requests() {
            return latencies.getTotalCount();
        }

        double requestsPerSecond() {
            return requests() / seconds;
        }
    }

    /** For latencies in nanoseconds, up to a minute. */
    static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    private Load(IntFunction<ByteBuffer> requests, long expectedBytes, long nanosApart, Duration duration) {
        this.requests = requests;
        this.expectedBytes = expectedBytes;
        this.nanosApart = nanosApart;
        this.duration = duration;
    }

    /**
     * @param what is asked, for those who look for a failure
     * @param requests that of each connection, by its number
     * @param perSecond 0 for as many as can be
     * @param expectedBytes what each answer's body must have
     * @throws IOException if an answer is none, or does not come
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the clock is shut down with the run
    static Outcome run(
            SocketLoop loop,
            int port,
            String what,
            IntFunction<ByteBuffer> requests,
            long expectedBytes,
            int connections,
            int perSecond,
            Duration duration)
            throws IOException, InterruptedException {
        long nanosApart = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        Load load = new Load(requests, expectedBytes, nanosApart, duration);
        for (int i = 0; i < connections; i++) {
            loop.connect(port, load::join);
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            loop.execute(load::begin);
            if (nanosApart > 0) {
                // A selector sleeps for milliseconds; this wakes it when a request is due.
                clock.scheduleAtFixedRate(
                        () -> loop.execute(load::askWhatIsDue), nanosApart, nanosApart, TimeUnit.NANOSECONDS);
            }
            return load.outcome.get(duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(what + ": " + failed.getMessage(), failed);
        } catch (TimeoutException stalled) {
            throw new IOException("an answer to " + what + " did not come", stalled);
        } finally {
            clock.shutdownNow();
        }
    }

    private Customer join(Connection connection) {
        Customer customer = new Customer(connection, customers++);
        idle.add(customer);
        return customer;
    }

    private void begin() {
        begin = System.nanoTime();
        askWhatIsDue();
    }

    private void askWhatIsDue() {
        long now = System.nanoTime();
        boolean isPaced = nanosApart > 0;
        // What was due and found no connection is asked still, however late.
        long spent = isPaced ? asked * nanosApart : now - begin;
        while (!idle.isEmpty() && spent < duration.toNanos() && begin + asked * nanosApart <= now) {
            idle.remove().ask(isPaced ? begin + spent : now);
            asked++;
            spent = isPaced ? asked * nanosApart : spent;
        }
        if (spent >= duration.toNanos() && idle.size() == customers && !outcome.isDone()) {
            idle.forEach(Customer::leave);
            outcome.complete(new Outcome((now - begin) / 1e9, latencies));
        }
    }

    /** One connection of a browser's. */
    private final class Customer implements Peer {
        private final Connection connection;
        private final ByteBuffer request;
        private final HttpMessage answer = new HttpMessage();
        private long dueAt;

        Customer(Connection connection, int number) {
            this.connection = connection;
            this.request = requests.apply(number);
        }

        void ask(long due) {
            dueAt = due;
            try {
                connection.send(request.duplicate());
            } catch (IOException broken) {
                outcome.completeExceptionally(broken);
            }
        }

        void leave() {
            try {
                connection.close();
            } catch (IOException closed) {
                outcome.completeExceptionally(closed);
            }
        }

        @Override
        public void received(ByteBuffer bytes) throws IOException {
            if (answer.read(bytes)) {
                latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - dueAt));
                if (!answer.startLine().contains(" 200") || answer.bodyBytes() != expectedBytes) {
                    outcome.completeExceptionally(new IOException("expected 200 with " + expectedBytes
                            + " bytes, and got " + answer.startLine() + " with " + answer.bodyBytes()));
                }
                idle.add(this);
                askWhatIsDue();
            }
        }

        @Override
        public void lost() {
            outcome.completeExceptionally(new IOException("a connection was closed in mid-load"));
        }
    }
}
