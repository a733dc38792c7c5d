package io.undertone.webapp.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one piece of work at a time: who asks for what is under way shares it, who asks for something else is next. Thread-safe. */
final class SingleFlight<K, V> {
    private record Flight<K, V>(K key, CompletableFuture<V> result) {}

    private @Nullable Flight<K, V> latest;

    /**
     * The result of the work under way if it has that key, else that of new work after it.
     *
     * @return shared by all who ask, so not to be completed or cancelled
     */
    CompletionStage<V> run(K key, Supplier<CompletionStage<V>> work) {
        CompletableFuture<V> result = new CompletableFuture<>();
        Flight<K, V> before;
        synchronized (this) {
            before = latest;
            if (before != null && !before.result().isDone() && before.key().equals(key)) {
                return before.result();
            }
            latest = new Flight<>(key, result);
        }
        CompletableFuture<?> turn = before == null ? CompletableFuture.completedFuture(null) : before.result();
        var unused = turn.handle((ended, failure) -> true)
                .thenCompose(free -> work.get())
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
        return result;
    }
}
