package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.undertone.webapp.config.ProbeConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes what workflows report of probes that they sent themselves.
 *
 * <p>What is to be sent is issued for one interaction and one server, and has a number that nobody can guess. A report names
 * it, and counts once, for that interaction and that server alone, within a minute, and on the node that issued it. Of two reports that
 * count, the second one's probe was issued a whole interval after the first one had come: so the two were apart, whenever the
 * workflow sent them. Thread-safe.
 */
public final class Reports implements ProbeTransport {
    /** How long a probe may take from its issue to its report: what came back longer ago says nothing of now. */
    static final Duration REPORTABLE = Duration.ofMinutes(1);

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 100_000;
    private static final int ID_BYTES = 16;

    private final ProbeMessage message;
    private final ProbeText text;
    private final Ticker ticker;
    private final long intervalNanos;
    private final SecureRandom random = new SecureRandom();

    /** By interaction. A new probe takes the place of the one before, which can no longer be reported. */
    private final Cache<String, Issued> issued;

    /** By interaction, what waits to be judged. */
    private final Cache<String, Report> reports;

    /** By interaction, when the last report that counted had come. */
    private final Cache<String, Long> counted;

    private record Issued(String probeId, @Nullable String server, long at) {}

    private record Report(Issued probe, EspOutcome outcome, long at) {}

    Reports(ProbeConfig config, ProbeText text, Ticker ticker) {
        message = new ProbeMessage(config);
        this.text = text;
        this.ticker = ticker;
        intervalNanos = config.interval().toNanos();
        issued = remembering(REPORTABLE, ticker).build();
        reports = remembering(REPORTABLE, ticker).build();
        counted = remembering(REMEMBERED, ticker).build();
    }

    private static Caffeine<Object, Object> remembering(Duration time, Ticker ticker) {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(time).ticker(ticker);
    }

    /**
     * Issues a probe.
     *
     * @param chatServerAppName the server that the workflow will address by its name, null when it knows none
     */
    IssuedProbe issue(String interactionId, @Nullable String chatServerAppName) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String probeId = HexFormat.of().formatHex(id);
        issued.put(interactionId, new Issued(probeId, chatServerAppName, ticker.read()));
        return new IssuedProbe(
                interactionId,
                probeId,
                chatServerAppName,
                message.method(),
                message.parameters(text.next(interactionId)));
    }

    /**
     * Takes a report, which waits for {@link #send} to ask for it.
     *
     * @return false if no probe of that number is out for that interaction
     */
    boolean take(String interactionId, String probeId, EspOutcome outcome) {
        Issued probe = issued.getIfPresent(interactionId);
        if (probe == null || !probe.probeId().equals(probeId) || !issued.asMap().remove(interactionId, probe)) {
            return false;
        }
        reports.put(interactionId, new Report(probe, outcome, ticker.read()));
        return true;
    }

    /** Drops a report that nothing asked for while its question was answered. */
    void drop(String interactionId) {
        reports.invalidate(interactionId);
    }

    /** Sends nothing: the outcome is what the workflow reported. */
    @Override
    public CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        Report report = reports.asMap().remove(interactionId);
        return CompletableFuture.completedFuture(
                report == null
                        ? new EspOutcome.Failed("nothing was reported")
                        : outcome(interactionId, interaction, report));
    }

    private EspOutcome outcome(String interactionId, Interaction interaction, Report report) {
        if (!Objects.equals(report.probe().server(), interaction.chatServerAppName())) {
            return new EspOutcome.Failed("the report is of another server");
        }
        Long before = counted.getIfPresent(interactionId);
        if (before != null
                && report.probe().at() - before < intervalNanos
                && !report.outcome().provesAlive()) {
            return new EspOutcome.Failed("the probe was issued too soon after the report before it");
        }
        counted.put(interactionId, report.at());
        return report.outcome();
    }

    /** What is reported of one chat says nothing of another one: workflows err, too. */
    @Override
    public boolean tellsOfItsServer() {
        return false;
    }

    @Override
    public Optional<Reports> reports() {
        return Optional.of(this);
    }
}
