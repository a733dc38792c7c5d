package io.undertone.webapp.probe;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.StoreConfig;
import io.undertone.webapp.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one node sees, with a real store behind it. */
record SightingNode(Sightings sightings, Store store) implements AutoCloseable {
    static SightingNode alone(Clock clock) {
        return at(new StoreConfig("jdbc:h2:mem:" + UUID.randomUUID(), null, null), clock);
    }

    static SightingNode at(StoreConfig config, Clock clock) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Store store = Store.open(config, meters);
        return new SightingNode(Sightings.of(ProbeConfig.DEFAULT, store, clock, () -> tick(clock), meters), store);
    }

    /** What its ticker shows at that time. */
    static long tick(Clock clock) {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    /** The veil of this node hides a probe from a customer. */
    void hides(String text, @Nullable String chatId) {
        hides(text, chatId, SenderKind.EXTERNAL, Audience.CUSTOMER);
    }

    void hides(String text, @Nullable String chatId, SenderKind sender, Audience audience) {
        VeilRoute route = route(audience);
        String token = text.substring(text.indexOf(' ') + 1);
        sightings.hidden(route, new HiddenMessage(chatId, "7", "participant", Visibility.VIP, sender, List.of(token)));
    }

    static VeilRoute route(Audience audience) {
        return new VeilRoute(Dialects.named(Dialects.GENESYS_V2).orElseThrow(), audience, OnUnreadable.WITHHOLD);
    }

    @Override
    public void close() {
        store.close();
    }
}
