package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.servlet.ChatListener;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.store.SightingChannel;
import io.undertone.webapp.store.Store;
import io.undertone.webapp.store.StoredSecret;
import io.undertone.webapp.store.StoredSighting;
import io.undertone.webapp.store.StoredSightings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which probes are on their way, and sees them go by to their customers: on this node by the veil, on others by the
 * store.
 *
 * <p>A sighting counts once, while its probe is pending, for the one interaction that the probe was made for, and in that
 * interaction's chat alone. It can only turn a verdict towards alive. Thread-safe.
 */
public final class Sightings implements VeilListener, ProbeText, CustomerSide {
    /** How long a probe can be seen, and a sighting be used: a chat server lets go of a customer who was quiet that long. */
    static final Duration PENDING = Duration.ofMinutes(1);

    private static final int MOST = 100_000;

    private final String keyword;
    private final ProbeTokens tokens;
    private final SightingChannel others;
    private final Clock clock;
    private final MeterRegistry meters;
    private final CustomerChats chats;

    /** By interaction. */
    private final Cache<String, Awaited> awaited = pending().build();

    /** Probes that other nodes need not be told of: our own, and those that they were told of. */
    private final Cache<String, Boolean> told = pending().build();

    /** The probes into one chat that are pending, and the first sighting of one of them. */
    private record Awaited(Set<String> probes, CompletableFuture<Sighting> sighting) {
        Awaited() {
            this(ConcurrentHashMap.newKeySet(), new CompletableFuture<>());
        }
    }

    private Sightings(
            String keyword,
            ProbeTokens tokens,
            SightingChannel others,
            Clock clock,
            Ticker ticker,
            MeterRegistry meters) {
        this.keyword = keyword;
        this.tokens = tokens;
        this.others = others;
        this.clock = clock;
        this.meters = meters;
        this.chats = new CustomerChats(clock, ticker);
    }

    /**
     * Sightings for the probes of a configuration.
     *
     * @param store where the nodes' common secret is, and by which they tell each other; while it is lost, this node sees its
     *     own probes alone
     */
    public static Sightings of(ProbeConfig config, Store store, Clock clock, Ticker ticker, MeterRegistry meters) {
        return of(config, store, new StoredSightings(store), clock, ticker, meters);
    }

    /** The same, for nodes that tell each other of sightings by other means than the store. */
    public static Sightings of(
            ProbeConfig config, Store store, SightingChannel others, Clock clock, Ticker ticker, MeterRegistry meters) {
        ProbeTokens tokens = new ProbeTokens(clock);
        Sightings sightings = new Sightings(config.text(), tokens, others, clock, ticker, meters);
        StoredSecret.share(store, "probe-token", tokens::use);
        others.hear(sightings::heard);
        return sightings;
    }

    private static Caffeine<Object, Object> pending() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(PENDING);
    }

    /** The keyword and a new token; the probe is pending from now on. */
    @Override
    public String next(String interactionId) {
        String text = tokens.issue(interactionId);
        tokens.read(text).ifPresent(token -> {
            told.put(token.probe(), true);
            awaited(interactionId).probes().add(token.probe());
        });
        return keyword + " " + text;
    }

    /**
     * The next sighting of a probe into that interaction's chat, which may have come already. Whoever has used it up says so
     * by {@link #settle}.
     */
    CompletableFuture<Sighting> expected(String interactionId) {
        return awaited(interactionId).sighting().copy();
    }

    /** Each call keeps it for some time longer. A sighting that is too old makes room for a new one. */
    private Awaited awaited(String interactionId) {
        return awaited.asMap().compute(interactionId, (id, one) -> one == null || isOver(one) ? new Awaited() : one);
    }

    private boolean isOver(Awaited one) {
        Sighting sighting = one.sighting().getNow(null);
        return sighting != null && sighting.seenAt().plus(PENDING).isBefore(clock.instant());
    }

    /** A sighting that no verdict has used: news to ask for before an older verdict is believed. */
    Optional<Sighting> unused(String interactionId) {
        return Optional.ofNullable(awaited.getIfPresent(interactionId))
                .filter(one -> !isOver(one))
                .map(one -> one.sighting().getNow(null));
    }

    /** The chat is known to be alive: the probes that were sent so far prove nothing more. */
    void settle(String interactionId) {
        awaited.invalidate(interactionId);
    }

    @Override
    public boolean useSighting(String interactionId) {
        boolean seen = unused(interactionId).isPresent();
        if (seen) {
            settle(interactionId);
        }
        return seen;
    }

    @Override
    public CompletableFuture<Sighting> nextSighting(String interactionId) {
        return Optional.ofNullable(awaited.getIfPresent(interactionId))
                .filter(one -> !isOver(one))
                .map(one -> one.sighting().copy())
                .orElseGet(CompletableFuture::new);
    }

    @Override
    public Optional<CustomerSigns> signs(String interactionId) {
        return chats.signs(interactionId);
    }

    @Override
    public OptionalLong answeredAt(String interactionId) {
        return chats.answeredAt(interactionId);
    }

    @Override
    public ChatListener asked(VeilRoute route, String chatId) {
        return route.audience() == Audience.CUSTOMER ? chats.asked(chatId) : ChatListener.NONE;
    }

    @Override
    public void hidden(VeilRoute route, HiddenMessage message) {
        if (route.audience() != Audience.CUSTOMER) {
            return;
        }
        for (String signature : message.signatures()) {
            tokens.read(signature).ifPresent(token -> {
                if (isInItsOwnChat(token.interactionId(), message)) {
                    seen(token);
                } else {
                    count("refused");
                }
            });
        }
    }

    /** A person may have copied a probe's text into another chat; nobody writes as a workflow or as the chat server. */
    private boolean isInItsOwnChat(String interactionId, HiddenMessage message) {
        String chatId = message.chatId();
        return switch (message.sender()) {
            case CLIENT, AGENT, SUPERVISOR -> false;
            case UNKNOWN -> interactionId.equals(chatId);
            case EXTERNAL, SYSTEM -> chatId == null || chats.tie(chatId, interactionId);
        };
    }

    private void seen(ProbeToken token) {
        if (isPending(token.probe(), token.interactionId())) {
            count("here");
            complete(token.interactionId(), clock.instant());
        } else if (told.asMap().putIfAbsent(token.probe(), true) == null) {
            count("told");
            others.tell(token.probe(), token.interactionId());
        }
    }

    /** Another node's customer was sent a probe, perhaps one of ours. */
    private void heard(StoredSighting sighting) {
        if (isPending(sighting.probe(), sighting.interactionId())) {
            count("heard");
            complete(sighting.interactionId(), clock.instant().minus(sighting.age()));
        }
    }

    private boolean isPending(String probe, String interactionId) {
        Awaited one = awaited.getIfPresent(interactionId);
        return one != null && one.probes().remove(probe);
    }

    private void complete(String interactionId, Instant seenAt) {
        chats.seen(interactionId, seenAt);
        awaited(interactionId).sighting().complete(new Sighting(seenAt));
    }

    private void count(String where) {
        Counter.builder("undertone.sightings")
                .description(
                        "Probes seen on their way to their customers: here, told to other nodes, heard of, or refused")
                .tag("where", where)
                .register(meters)
                .increment();
    }
}
