package io.undertone.webapp.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a chat is alive: reads the interaction, sends a probe, judges, and after a pause does so again until
 * the verdict stands. No thread waits meanwhile. Thread-safe.
 */
public final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final String STOPPING = "the server stops";

    private final @Nullable ProbeTransport transport;
    private final InteractionLookup lookup;
    private final Sightings sightings;
    private final int attemptsMax;
    private final Duration interval;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Counter requestsSent;
    private final Map<Object, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    private Prober(
            @Nullable ProbeTransport transport,
            InteractionLookup lookup,
            Sightings sightings,
            ProbeConfig config,
            ScheduledExecutorService scheduler,
            Clock clock,
            MeterRegistry meters) {
        this.transport = transport;
        this.lookup = lookup;
        this.sightings = sightings;
        this.attemptsMax = config.attempts();
        this.interval = config.interval();
        this.scheduler = scheduler;
        this.clock = clock;
        this.meters = meters;
        this.requestsSent = Counter.builder("undertone.probe.requests")
                .description("ESP requests sent to chat servers")
                .register(meters);
    }

    /**
     * A prober for a configuration. Without a transport it sends nothing and every verdict is unknown.
     *
     * @param sightings makes the probes' texts, and sees them go by
     * @param scheduler starts the second and further attempts; the caller shuts it down
     * @param clock for the time stamp of answers
     * @throws IllegalArgumentException if an address or the method in the configuration is not usable; the message says
     *     what to write
     */
    public static Prober of(
            ProbeConfig config,
            Sightings sightings,
            ScheduledExecutorService scheduler,
            Clock clock,
            MeterRegistry meters) {
        ProbeTransport transport = Transports.of(config, sightings);
        String interactionUrl = config.interactionUrl();
        return new Prober(
                transport == null ? null : new SightedTransport(transport, sightings),
                interactionUrl == null
                        ? InteractionLookup.NONE
                        : new HttpInteractionLookup(interactionUrl, config.timeout()),
                sightings,
                config,
                scheduler,
                clock,
                meters);
    }

    /**
     * Judges one interaction. Returns at once.
     *
     * @return the answer; it never fails, for our own trouble must not stop a chat: it is {@link Verdict#UNKNOWN}
     */
    public CompletionStage<ProbeAnswer> probe(ProbeRequest request) {
        Timer.Sample time = Timer.start(meters);
        Interaction told = Interaction.asToldBy(request);
        return CompletableFuture.completedFuture(told)
                .thenCompose(known -> attempt(request.interactionId(), known, List.of()))
                .exceptionally(failure -> {
                    LOG.warn("Probing {} failed", request.interactionId(), BoundedHttp.cause(failure));
                    return new Finding(Reason.INTERNAL_ERROR, told, List.of());
                })
                .thenApply(finding -> {
                    record(request, finding, time);
                    return answer(request, finding);
                });
    }

    private CompletionStage<Finding> attempt(String interactionId, Interaction known, List<Attempt> past) {
        return lookup.read(interactionId, known).thenCompose(now -> {
            Optional<Reason> reason = Judge.beforeAsking(past, now);
            if (reason.isPresent()) {
                return settled(reason.get(), now, past);
            }
            return transport == null
                    ? settled(Reason.NOT_CONFIGURED, now, past)
                    : send(transport, interactionId, now, past);
        });
    }

    private CompletionStage<Finding> send(
            ProbeTransport transport, String interactionId, Interaction now, List<Attempt> past) {
        requestsSent.increment();
        return transport.send(interactionId, now).thenCompose(outcome -> {
            List<Attempt> attempts = new ArrayList<>(past);
            attempts.add(new Attempt(now, outcome));
            Optional<Reason> reason = Judge.afterAsking(attempts, attempts.size() >= attemptsMax);
            return reason.isPresent()
                    ? settled(reason.get(), now, attempts)
                    : afterTheInterval().thenCompose(waited -> attempt(interactionId, now, attempts));
        });
    }

    private static CompletionStage<Finding> settled(Reason reason, Interaction now, List<Attempt> attempts) {
        return CompletableFuture.completedStage(new Finding(reason, now, attempts));
    }

    private CompletableFuture<Boolean> afterTheInterval() {
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        Object ticket = new Object();
        waiting.put(ticket, waited);
        var unusedEnd = waited.whenComplete((done, failure) -> waiting.remove(ticket));
        if (stopped) {
            waited.completeExceptionally(new CancellationException(STOPPING));
        }
        var unused = scheduler.schedule(() -> waited.complete(true), interval.toMillis(), TimeUnit.MILLISECONDS);
        return waited;
    }

    /** Answers all who wait for a further attempt, now and from now on, that nothing is known: the process is about to end. */
    public void stop() {
        stopped = true;
        waiting.values().forEach(waited -> waited.completeExceptionally(new CancellationException(STOPPING)));
    }

    /** Lets go of connections; to be called when no more questions come. */
    @Override
    public void close() {
        if (transport != null) {
            transport.close();
        }
    }

    private void record(ProbeRequest request, Finding finding, Timer.Sample time) {
        Reason reason = finding.reason();
        time.stop(Timer.builder("undertone.probe")
                .description("Time from question to verdict")
                .tag("verdict", reason.verdict().wireName())
                .tag("reason", reason.wireName())
                .register(meters));
        LOG.info(
                "Probed {}: {}, {}, {} of {} attempts, last {}",
                request.interactionId(),
                reason.verdict().wireName(),
                reason.wireName(),
                finding.attempts().size(),
                attemptsMax,
                finding.lastOutcome().map(EspOutcome::toString).orElse("none"));
    }

    private ProbeAnswer answer(ProbeRequest request, Finding finding) {
        String server = finding.interaction().chatServerAppName();
        return new ProbeAnswer(
                request.interactionId(),
                finding.reason(),
                finding.lastOutcome().map(EspOutcome::faultCode).orElse(""),
                finding.lastOutcome().map(EspOutcome::faultString).orElse(""),
                server == null ? "" : server,
                finding.attempts().size(),
                attemptsMax,
                finding.reason().verdict() == Verdict.MOVED ? interval : Duration.ZERO,
                false,
                clock.instant(),
                sightings.sinceLastPoll(request.interactionId()));
    }
}
