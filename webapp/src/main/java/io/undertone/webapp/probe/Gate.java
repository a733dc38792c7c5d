package io.undertone.webapp.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many requests through at a time, in the order in which they came; no thread waits for the others. A request whose
 * answer is known by its turn is not sent. Thread-safe.
 */
final class Gate<T> {
    private record Waiting<T>(Supplier<CompletionStage<T>> request, CompletableFuture<T> answer) {}

    private final IntSupplier mostAtOnce;
    private final Supplier<@Nullable T> known;
    private final Consumer<T> learn;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>();
    private int underWay;
    private boolean moving;

    /** A gate that knows nothing. */
    Gate(int mostAtOnce) {
        this(() -> mostAtOnce, () -> null, answer -> {});
    }

    /**
     * A gate that learns. It calls the three one at a time, and they must not call it.
     *
     * @param mostAtOnce how many requests may be under way now, one at least
     * @param known the answer to whatever is asked, null when only a request can tell
     * @param learn told of every answer that a request had
     */
    Gate(IntSupplier mostAtOnce, Supplier<@Nullable T> known, Consumer<T> learn) {
        this.mostAtOnce = mostAtOnce;
        this.known = known;
        this.learn = learn;
    }

    /** Sends a request when its turn comes. */
    CompletionStage<T> pass(Supplier<CompletionStage<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (this) {
            queue.add(new Waiting<>(request, answer));
        }
        move();
        return answer;
    }

    /** Goes on until nobody can; one thread at a time, so that answers that are there at once do not pile up on its stack. */
    private void move() {
        synchronized (this) {
            if (moving) {
                return;
            }
            moving = true;
        }
        for (Runnable step = next(); step != null; step = next()) {
            step.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Waiting<T> first = queue.peek();
        T answer = first == null ? null : known.get();
        if (first == null || (answer == null && underWay >= mostAtOnce.getAsInt())) {
            moving = false;
            return null;
        }
        queue.remove();
        if (answer != null) {
            return () -> first.answer().complete(answer);
        }
        underWay++;
        return () -> send(first);
    }

    private void send(Waiting<T> waiting) {
        CompletionStage<T> request;
        try {
            request = waiting.request().get();
        } catch (RuntimeException defect) {
            request = CompletableFuture.failedFuture(defect);
        }
        var unused = request.whenComplete((answer, failure) -> {
            synchronized (this) {
                underWay--;
                if (failure == null) {
                    learn.accept(answer);
                }
            }
            if (failure == null) {
                waiting.answer().complete(answer);
            } else {
                waiting.answer().completeExceptionally(failure);
            }
            move();
        });
    }
}
