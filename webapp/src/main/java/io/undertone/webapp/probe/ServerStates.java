package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the chats of one server from each finding out for themselves that it is down: when a server dies, the requests that
 * are sent grow with the servers and not with their chats. Thread-safe.
 */
final class ServerStates {
    private static final long MOST_SERVERS = 10_000;
    /** What is told of a server is never older than this, so that one that comes back is noticed at once. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final LoadingCache<String, Gate<EspOutcome>> named;
    private final Gate<EspOutcome> unnamed = new Gate<>(ServerState.MOST_AT_ONCE);

    /** @param interval the time between two attempts; no two attempts of a chat share what was seen once */
    ServerStates(Ticker ticker, Duration interval) {
        Duration fresh = interval.compareTo(FRESH) < 0 ? interval : FRESH;
        named = Caffeine.newBuilder().maximumSize(MOST_SERVERS).build(server -> gate(new ServerState(ticker, fresh)));
    }

    private static Gate<EspOutcome> gate(ServerState state) {
        return new Gate<>(state::mostAtOnce, state::known, state::learn);
    }

    /**
     * Asks a server, unless it is known what it would say.
     *
     * @param server null for any server of the type; such answers tell nothing of the next one
     * @param request sends the request
     */
    CompletionStage<EspOutcome> ask(@Nullable String server, Supplier<CompletionStage<EspOutcome>> request) {
        return (server == null ? unnamed : named.get(server)).pass(request);
    }
}
