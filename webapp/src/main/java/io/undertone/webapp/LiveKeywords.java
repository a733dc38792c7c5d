package io.undertone.webapp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.UndertoneConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keywords that are in use: those that the server began with, until a file with others is taken over. Thread-safe; who
 * judges takes one set and keeps it to the end of what it judges.
 */
final class LiveKeywords {
    private static final Logger LOG = LoggerFactory.getLogger(LiveKeywords.class);

    private final AtomicLong generations = new AtomicLong();
    private UndertoneConfig running;
    private volatile KeywordSet inUse;

    LiveKeywords(UndertoneConfig running, MeterRegistry meters) {
        this.running = running;
        this.inUse = compile(running);
        Gauge.builder("undertone.keywords.generation", this, live -> live.now().generation())
                .description("How many sets of keywords this process has used; it grows when a file is taken over")
                .register(meters);
    }

    private KeywordSet compile(UndertoneConfig config) {
        return KeywordSet.compile(
                generations.incrementAndGet(), config.effectiveKeywords(), config.effectiveHiddenParticipants());
    }

    KeywordSet now() {
        return inUse;
    }

    /**
     * Replaces keywords and hidden participants. The probe goes on as it began, and so its own stay hidden.
     *
     * @param read what the file says now, with all that is laid over it
     * @throws ConfigException if no keyword is left: that is more often a file that was lost than a wish
     */
    synchronized void takeOver(UndertoneConfig read) {
        if (read.keywords().isEmpty() && !running.keywords().isEmpty()) {
            throw new ConfigException(List.of("keywords: none is left; start the server again if that is meant"));
        }
        UndertoneConfig next = running.withHidden(read.keywords(), read.hiddenParticipants());
        inUse = compile(next);
        running = next;
        LOG.info("{} keywords are in use", next.effectiveKeywords().size());
        List<String> waiting = next.sectionsThatDiffer(read);
        if (!waiting.isEmpty()) {
            LOG.warn("changed too, and taken over when the server starts again: {}", String.join(", ", waiting));
        }
    }
}
