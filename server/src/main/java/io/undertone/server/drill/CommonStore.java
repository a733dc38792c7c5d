package io.undertone.server.drill;

import io.undertone.webapp.probe.InquiryMemory;
import io.undertone.webapp.probe.InquiryState;
import io.undertone.webapp.store.SightingChannel;
import io.undertone.webapp.store.StoredSighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the nodes' common store carries between them, in simulated time: a database would count in real time. For the thread of
 * the simulation alone.
 */
final class CommonStore {
    /** How long it takes until the other nodes hear of something. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

    private final SimulatedTime time;
    private final Map<String, Told> inquiries = new HashMap<>();
    private final List<Consumer<StoredSighting>> hearers = new ArrayList<>();
    private boolean isLost;

    private record Told(InquiryMemory node, InquiryState state, Duration at) {}

    CommonStore(SimulatedTime time) {
        this.time = time;
    }

    /** From now on nobody hears of anything. */
    void lose() {
        isLost = true;
    }

    /** How one node tells of its inquiries, and hears of the others'. */
    InquiryMemory inquiries() {
        return new InquiryMemory() {
            @Override
            public CompletionStage<Void> remember(String interactionId, InquiryState state) {
                if (isLost) {
                    return lost();
                }
                inquiries.put(interactionId, new Told(this, state, time.elapsed()));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<Optional<InquiryState>> recall(String interactionId) {
                if (isLost) {
                    return lost();
                }
                return CompletableFuture.completedFuture(Optional.ofNullable(inquiries.get(interactionId))
                        .filter(told -> told.node() != this)
                        .map(told -> told.state().after(time.elapsed().minus(told.at()))));
            }
        };
    }

    private static <T> CompletionStage<T> lost() {
        return CompletableFuture.failedFuture(new IllegalStateException("the store is lost"));
    }

    SightingChannel sightings() {
        return new SightingChannel() {
            @Override
            public void tell(String probe, String interactionId) {
                if (!isLost) {
                    var unused = time.after(
                            ON_ITS_WAY,
                            () -> hearers.forEach(
                                    hearer -> hearer.accept(new StoredSighting(probe, interactionId, ON_ITS_WAY))));
                }
            }

            @Override
            public void hear(Consumer<StoredSighting> hearing) {
                hearers.add(hearing);
            }
        };
    }
}
