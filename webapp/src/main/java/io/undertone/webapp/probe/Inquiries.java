package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.FaultMeaning;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at interactions, one step at a time: reads what is known, sends a probe if one is due, and judges what it has by
 * then. Thread-safe.
 */
final class Inquiries implements AutoCloseable {
    private static final long MOST_INTERACTIONS = 100_000;
    private static final Duration LEAST_MEMORY = Duration.ofMinutes(1);

    private final @Nullable ProbeTransport transport;
    private final InteractionLookup lookup;
    private final CustomerSide customers;
    private final SkipRules skipRules;
    private final Recollection recollection;
    private final OtherNodes others;
    private final OtherNodes nobody;
    private final ProbeConfig config;
    private final Timing timing;
    private final ServerStates servers;
    private final Counter requestsSent;
    private final LoadingCache<String, Inquiry> inquiries;
    private final Duration attemptsCountFor;

    /** @param transport null when nothing can be sent */
    Inquiries(
            @Nullable ProbeTransport transport,
            InteractionLookup lookup,
            CustomerSide customers,
            ProbeMemory memory,
            ProbeConfig config,
            Timing timing,
            MeterRegistry meters) {
        this.transport = transport;
        this.lookup = lookup;
        this.customers = customers;
        recollection = new Recollection(memory.verdicts(), config.limits().remember());
        this.config = config;
        this.timing = timing;
        nobody = new OtherNodes(InquiryMemory.NONE, config.interval(), timing);
        // A report counts on the node that issued its text, which alone knows how far two reports are apart.
        others = transport == null || transport.reports().isPresent()
                ? nobody
                : new OtherNodes(memory.inquiries(), config.interval(), timing);
        skipRules = new SkipRules(config.skip());
        servers = new ServerStates(timing.ticker(), config.interval());
        requestsSent = Counter.builder("undertone.probe.requests")
                .description("ESP requests sent to chat servers")
                .register(meters);
        inquiries = Caffeine.newBuilder()
                .maximumSize(MOST_INTERACTIONS)
                .expireAfterAccess(Duration.ofHours(1))
                .ticker(timing.ticker())
                .build(interactionId -> new Inquiry());
        Duration threeIntervals = config.interval().multipliedBy(3);
        attemptsCountFor = threeIntervals.compareTo(LEAST_MEMORY) > 0 ? threeIntervals : LEAST_MEMORY;
    }

    /**
     * Looks once. Sends one probe at the most, and none before it is due.
     *
     * @param mode who asks the next question: where we do, it is this node's, and no other need know more than that the
     *     session is alive
     */
    CompletionStage<Finding> look(String interactionId, Interaction told, Mode mode) {
        Inquiry inquiry = inquiries.get(interactionId);
        OtherNodes nodes = mode == Mode.ONE_SHOT ? others : nobody;
        return inquiry.look(told, () -> nodes.hear(interactionId, inquiry)
                .thenCompose(heard -> lookup.read(interactionId, inquiry.completed(told)))
                .thenCompose(now -> look(interactionId, inquiry, now))
                .thenCompose(finding -> (isAlive(finding) ? others : nodes).tell(interactionId, inquiry, finding)));
    }

    private static boolean isAlive(Finding finding) {
        return finding.reason().verdict() == Verdict.ALIVE;
    }

    /** What is known of an interaction whose look takes longer than somebody can wait. */
    Finding soFar(String interactionId, Interaction told) {
        return inquiries
                .get(interactionId)
                .soFar(told, timing.ticker().read())
                .orElseGet(() -> new Finding(
                        Reason.PENDING, false, told, 0, Optional.empty(), config.timeout(), false, now(), List.of()));
    }

    private CompletionStage<Finding> look(String interactionId, Inquiry inquiry, Interaction interaction) {
        long tick = timing.ticker().read();
        inquiry.dropOlderThan(attemptsCountFor, tick);
        ProbeTransport sender = transport;
        Optional<Reason> beforeAsking =
                skipRules.reason(interaction, now()).or(() -> Judge.beforeAsking(inquiry.attempts(), interaction));
        if (beforeAsking.isPresent()) {
            return settled(withoutAsking(beforeAsking.get(), inquiry, interaction));
        }
        if (customers.useSighting(interactionId)) {
            return settled(
                    conclude(interactionId, inquiry, attempt(interaction, new EspOutcome.Sighted()), Optional.empty()));
        }
        Optional<Finding> early = inquiry.early(interaction, tick);
        if (early.isPresent()) {
            return settled(early.get());
        }
        if (sender == null) {
            return settled(withoutAsking(Reason.NOT_CONFIGURED, inquiry, interaction));
        }
        return inquiry.hasSpent(config.limits().budget(), tick)
                ? settled(withoutAsking(Reason.BUDGET_SPENT, inquiry, interaction))
                : ask(sender, interactionId, inquiry, interaction);
    }

    private static CompletionStage<Finding> settled(Finding finding) {
        return CompletableFuture.completedFuture(finding);
    }

    private Finding withoutAsking(Reason reason, Inquiry inquiry, Interaction interaction) {
        List<Attempt> past = inquiry.attempts();
        inquiry.begin(timing.ticker().read());
        return new Finding(
                reason,
                true,
                interaction,
                past.size(),
                past.isEmpty() ? Optional.empty() : Optional.of(last(past).outcome()),
                reason == Reason.MOVED ? config.interval() : Duration.ZERO,
                false,
                now(),
                past);
    }

    private CompletionStage<Finding> ask(
            ProbeTransport sender, String interactionId, Inquiry inquiry, Interaction interaction) {
        List<Attempt> past = inquiry.attempts();
        if (!past.isEmpty() && !last(past).interaction().sameServerAs(interaction)) {
            inquiry.begin(timing.ticker().read());
        }
        CompletionStage<Optional<RememberedVerdict>> recalled =
                inquiry.attempts().isEmpty()
                        ? recollection.recall(interactionId, interaction, now())
                        : CompletableFuture.completedFuture(Optional.empty());
        boolean isShared = sender.tellsOfItsServer() && interaction.chatServerAppName() != null;
        String shared = isShared ? interaction.server() : null;
        return recalled.thenCompose(remembered -> servers.ask(shared, () -> {
                    requestsSent.increment();
                    return sender.send(interactionId, interaction);
                })
                .thenApply(outcome -> attempt(interaction, outcome))
                .thenCompose(attempt -> mayStop(attempt, inquiry, remembered)
                        ? lookup.read(interactionId, interaction)
                                .thenApply(after -> conclude(interactionId, inquiry, attempt, after, remembered))
                        : settled(conclude(interactionId, inquiry, attempt, interaction, remembered))));
    }

    private boolean mayStop(Attempt attempt, Inquiry inquiry, Optional<RememberedVerdict> remembered) {
        boolean isLast = inquiry.attempts().size() + 1 >= config.attempts() || remembered.isPresent();
        return isLast && (attempt.meaning() == FaultMeaning.GONE || attempt.foundNoServer());
    }

    /** @param after what is known behind the attempt: the session may have moved while its probe waited for its turn */
    private Finding conclude(
            String interactionId,
            Inquiry inquiry,
            Attempt attempt,
            Interaction after,
            Optional<RememberedVerdict> remembered) {
        // What a server says of all its chats is no news of one whose customer was sent a probe.
        if (customers.useSighting(interactionId)) {
            return conclude(
                    interactionId, inquiry, attempt(attempt.interaction(), new EspOutcome.Sighted()), remembered);
        }
        return Judge.beforeAsking(List.of(attempt), after)
                .map(reason -> withoutAsking(reason, inquiry, after))
                .orElseGet(() ->
                        conclude(interactionId, inquiry, after.current() ? attempt : attempt.outdated(), remembered));
    }

    /** One that ends now. */
    private Attempt attempt(Interaction interaction, EspOutcome outcome) {
        return Attempt.of(
                interaction, outcome, config.faults(), now(), timing.ticker().read());
    }

    private Finding conclude(
            String interactionId, Inquiry inquiry, Attempt attempt, Optional<RememberedVerdict> remembered) {
        long tick = timing.ticker().read();
        inquiry.add(attempt, tick);
        // Whoever asked named a server that the session has left, or is leaving.
        boolean mayNotStop = inquiry.wasAliveElsewhere(attempt.interaction(), attemptsCountFor, tick);
        OptionalLong answeredAt = customers.answeredAt(interactionId);
        Optional<RememberedVerdict> believed = remembered.filter(verdict -> !mayNotStop
                && (answeredAt.isEmpty() || !verdict.isRefutedBy(now().minusNanos(tick - answeredAt.getAsLong()))));
        if (believed.isPresent() && believed.get().isBorneOutBy(attempt)) {
            int attempts = Math.min(believed.get().attempts() + 1, config.attempts());
            Finding finding = settled(believed.get().reason(), inquiry.attempts(), attempts, true);
            recollection.remember(interactionId, finding);
            return inquiry.tell(finding, tick);
        }
        if (remembered.isPresent() || attempt.outcome().provesAlive()) {
            recollection.forget(interactionId);
        }
        List<Attempt> attempts = inquiry.attempts();
        Optional<Reason> reason = Judge.afterAsking(attempts, answeredAt, attempts.size() >= config.attempts());
        if (reason.isEmpty()) {
            return inquiry.tell(
                    Finding.soFar(attempts, config.interval(), now()),
                    tick + config.interval().toNanos());
        }
        if (mayNotStop && !reason.get().verdict().route()) {
            return withoutAsking(Reason.MOVED, inquiry, attempt.interaction());
        }
        Finding finding = settled(reason.get(), attempts, attempts.size(), false);
        recollection.remember(interactionId, finding);
        // What stops a chat is looked at afresh whenever somebody asks again.
        boolean routes = reason.get().verdict().route();
        return inquiry.tell(finding, tick + (routes ? config.limits().minGap().toNanos() : 0));
    }

    private Finding settled(Reason reason, List<Attempt> trace, int attempts, boolean cached) {
        return new Finding(
                reason,
                true,
                last(trace).interaction(),
                attempts,
                Optional.of(last(trace).outcome()),
                Duration.ZERO,
                cached,
                now(),
                trace);
    }

    /** Where workflows report what they sent themselves; empty when they have nothing to report. */
    Optional<Reports> reports() {
        return Optional.ofNullable(transport).flatMap(ProbeTransport::reports);
    }

    /** Lets go of connections. */
    @Override
    public void close() {
        if (transport != null) {
            transport.close();
        }
    }

    private Instant now() {
        return timing.clock().instant();
    }

    private static Attempt last(List<Attempt> attempts) {
        return attempts.get(attempts.size() - 1);
    }
}
