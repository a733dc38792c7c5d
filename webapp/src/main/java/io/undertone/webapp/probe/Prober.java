package io.undertone.webapp.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TransportConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers workflows: once with what is known so far, or after as many looks as a verdict takes. No thread waits meanwhile.
 * Thread-safe.
 */
public final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Inquiries inquiries;
    private final CustomerSide customers;
    private final ProbeConfig config;
    private final Timing timing;
    private final MeterRegistry meters;
    private final Set<String> userDataKeys;
    private final Map<Object, CompletableFuture<Finding>> open = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Prober(Inquiries inquiries, CustomerSide customers, ProbeConfig config, Timing timing, MeterRegistry meters) {
        this.inquiries = inquiries;
        this.customers = customers;
        this.config = config;
        this.timing = timing;
        this.meters = meters;
        Gauge.builder("undertone.probe.open", open, Map::size)
                .description("Questions that wait for their answer")
                .register(meters);
        this.userDataKeys = userDataKeys(config);
    }

    /**
     * A prober for a configuration. Without a transport it sends nothing and every verdict is unknown.
     *
     * @param sightings makes the probes' texts, and sees them go by
     * @param memory what is known beyond one question
     * @throws IllegalArgumentException if an address or the method in the configuration is not usable; the message says
     *     what to write
     */
    public static Prober of(
            ProbeConfig config, Sightings sightings, ProbeMemory memory, Timing timing, MeterRegistry meters) {
        return of(config, sightings, memory, timing, new BoundedHttp(config.timeout()), meters);
    }

    /** The same, for whoever carries the requests by other means than the network. */
    public static Prober of(
            ProbeConfig config,
            Sightings sightings,
            ProbeMemory memory,
            Timing timing,
            HttpExchange http,
            MeterRegistry meters) {
        String interactionUrl = config.interactionUrl();
        if (config.transport() != null && interactionUrl == null && config.ha().restoresSessions()) {
            LOG.warn(
                    "probe.ha says that sessions are restored elsewhere, and without probe.interactionUrl a patient question"
                            + " cannot see it: only mode=one-shot can stop a chat. Set probe.interactionUrl");
        }
        InteractionLookup lookup = interactionUrl == null
                ? InteractionLookup.NONE
                : new HttpInteractionLookup(interactionUrl, http, userDataKeys(config), addressKeys(config));
        ProbeTransport transport = Transports.of(config, sightings, http, timing.ticker());
        Inquiries inquiries = new Inquiries(
                transport == null ? null : new SightedTransport(transport, sightings),
                lookup,
                sightings,
                memory,
                config,
                timing,
                meters);
        return new Prober(inquiries, sightings, config, timing, meters);
    }

    /**
     * Reads the files that sending probes would need, and starts nothing.
     *
     * @throws io.undertone.webapp.config.ConfigException if they cannot be used; the message names the option and the mend
     */
    public static void checkFiles(ProbeConfig config) {
        if (config.transport() instanceof TransportConfig.Psdk psdk) {
            PsdkTransport.checkFiles(psdk);
        }
    }

    /** What it was told. */
    ProbeConfig config() {
        return config;
    }

    /** Where workflows report what they sent themselves; empty when they have nothing to report. */
    public Optional<Reports> reports() {
        return inquiries.reports();
    }

    private static Set<String> userDataKeys(ProbeConfig config) {
        Set<String> keys = new LinkedHashSet<>(new SkipRules(config.skip()).keys());
        keys.addAll(addressKeys(config));
        return Set.copyOf(keys);
    }

    private static Set<String> addressKeys(ProbeConfig config) {
        return config.transport() == null ? Set.of() : config.transport().userDataKeys();
    }

    /** The names of the user data, beside those that every question has, that rules and the transport ask for. */
    public Set<String> userDataKeys() {
        return userDataKeys;
    }

    /**
     * Judges one interaction. Returns at once.
     *
     * @return the answer; it never fails, for our own trouble must not stop a chat: it is {@link Verdict#UNKNOWN}. To
     *     cancel it is to send no more for it
     */
    public CompletableFuture<ProbeAnswer> probe(ProbeRequest request) {
        return probe(request, attempts -> {});
    }

    /** @param progress told after each attempt but the last of those made so far, on a thread that must not wait */
    CompletableFuture<ProbeAnswer> probe(ProbeRequest request, Consumer<List<AttemptReport>> progress) {
        Timer.Sample time = Timer.start(meters);
        Interaction told = Interaction.asToldBy(request);
        CompletableFuture<Finding> found = new CompletableFuture<>();
        Object ticket = new Object();
        open.put(ticket, found);
        try {
            limit(request, told, found);
            look(request, told, found, progress);
        } catch (RejectedExecutionException shutDown) {
            found.completeExceptionally(shutDown);
        }
        if (stopped) {
            abandon(found);
        }
        CompletableFuture<ProbeAnswer> answer = found.exceptionally(failure -> failed(request, told, failure))
                .thenApply(finding -> answer(request, finding, time));
        var unused = answer.whenComplete((done, failure) -> {
            open.remove(ticket);
            found.cancel(false);
        });
        return answer;
    }

    private void limit(ProbeRequest request, Interaction told, CompletableFuture<Finding> found) {
        Duration patience = request.patience();
        if (patience != null) {
            ScheduledFuture<?> limit =
                    after(patience, () -> found.complete(inquiries.soFar(request.interactionId(), told)));
            var unused = found.whenComplete((done, failure) -> limit.cancel(false));
        }
    }

    private void look(
            ProbeRequest request,
            Interaction known,
            CompletableFuture<Finding> found,
            Consumer<List<AttemptReport>> progress) {
        if (found.isDone()) {
            return;
        }
        var unused = inquiries
                .look(request.interactionId(), known, request.mode())
                .whenComplete((finding, failure) -> {
                    if (failure != null) {
                        found.completeExceptionally(failure);
                    } else if (finding.settled() || request.mode() == Mode.ONE_SHOT) {
                        found.complete(finding);
                    } else {
                        progress.accept(AttemptReport.of(finding));
                        lookAgain(request, known, found, finding.retryAfter(), progress);
                    }
                });
    }

    private void lookAgain(
            ProbeRequest request,
            Interaction known,
            CompletableFuture<Finding> found,
            Duration pause,
            Consumer<List<AttemptReport>> progress) {
        // What the workflow said holds for good only where no session moves to another server.
        Interaction later = config.ha().restoresSessions() ? known.outdated() : known;
        CompletableFuture<Sighting> seen = customers.nextSighting(request.interactionId());
        try {
            ScheduledFuture<?> next = after(pause, () -> {
                if (seen.cancel(false)) {
                    look(request, later, found, progress);
                }
            });
            // What the customer was sent is known before the next attempt is due: nobody need wait for that.
            var unused = seen.thenRunAsync(
                    () -> {
                        next.cancel(false);
                        look(request, later, found, progress);
                    },
                    timing.scheduler());
        } catch (RejectedExecutionException shutDown) {
            found.completeExceptionally(shutDown);
        }
    }

    private ScheduledFuture<?> after(Duration pause, Runnable task) {
        return timing.scheduler().schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Answers all who wait, now and from now on, that nothing is known: the process is about to end. */
    public void stop() {
        stopped = true;
        open.values().forEach(Prober::abandon);
    }

    /** Lets go of connections; to be called when no more questions come. */
    @Override
    public void close() {
        inquiries.close();
    }

    private static void abandon(CompletableFuture<Finding> found) {
        found.completeExceptionally(new CancellationException("the server stops"));
    }

    private Finding failed(ProbeRequest request, Interaction told, Throwable failure) {
        if (!(failure instanceof CancellationException)) {
            LOG.warn("Probing {} failed", request.interactionId(), BoundedHttp.cause(failure));
        }
        Instant now = timing.clock().instant();
        return new Finding(
                Reason.INTERNAL_ERROR, true, told, 0, Optional.empty(), Duration.ZERO, false, now, List.of());
    }

    private ProbeAnswer answer(ProbeRequest request, Finding finding, Timer.Sample time) {
        ProbeAnswer answer =
                ProbeAnswer.of(request, finding, config.attempts(), customers.signs(request.interactionId()));
        time.stop(Timer.builder("undertone.probe")
                .description("Time from question to verdict")
                .tag("verdict", answer.verdict().wireName())
                .tag("reason", answer.reason().wireName())
                .register(meters));
        LOG.info(
                "Probed {}: {}, {}, {} of {} attempts, last: {}",
                request.interactionId(),
                answer.verdict().wireName(),
                answer.reason().wireName(),
                answer.attempt(),
                answer.attemptsMax(),
                finding.outcome().map(Wording::forLog).orElse("none"));
        return config.shadow() ? shadow(answer) : answer;
    }

    private ProbeAnswer shadow(ProbeAnswer answer) {
        Counter.builder("undertone.probe.shadow")
                .description("Answers that routed in shadow mode, by what they would have been")
                .tag("verdict", answer.verdict().wireName())
                .tag("route", Boolean.toString(answer.route()))
                .register(meters)
                .increment();
        return answer.inShadow();
    }
}
