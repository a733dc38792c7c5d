package io.undertone.webapp.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code probe} section. */
final class ProbeReader {
    private static final int MOST_ATTEMPTS = 100;
    /** The vendor's own patience with a chat server that went away: 15 attempts, 10 seconds apart. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(150);

    private ProbeReader() {}

    static ProbeConfig read(Section section) {
        ProbeConfig otherwise = ProbeConfig.DEFAULT;
        HaMode ha = section.value("ha", otherwise.ha(), ProbeReader::haMode);
        Duration interval = section.duration("interval", ha.interval());
        ProbeConfig probe = new ProbeConfig(
                section.text("nickname", otherwise.nickname()),
                section.text("text", otherwise.text()),
                section.value("method", otherwise.method(), text -> Values.spelled(text, "Message", "Notice")),
                section.oneOf("visibility", otherwise.visibility(), "ALL", "INT", "VIP"),
                NoticeConfig.read(section.section("notice")),
                TransportReader.read(section),
                section.optional("interactionUrl", Values::interactionUrl).orElse(null),
                ha,
                attempts(section, ha, interval),
                interval,
                section.duration("timeout", otherwise.timeout()),
                faults(section),
                limits(section),
                skip(section.section("skip")),
                section.value("shadow", false, Values::yesOrNo));
        section.finish();
        KeywordReader.compilable(probe.text()).ifPresent(wrong -> section.error("text", wrong));
        return probe;
    }

    private static HaMode haMode(String text) {
        return switch (Values.spelled(text, "none", "warm-standby", "n+1")) {
            case "warm-standby" -> HaMode.WARM_STANDBY;
            case "n+1" -> HaMode.N_PLUS_1;
            default -> HaMode.NONE;
        };
    }

    private static int attempts(Section section, HaMode ha, Duration interval) {
        int attempts = section.integer("attempts", ha.attempts(), 1, MOST_ATTEMPTS);
        Optional<Duration> ceiling = section.optional("ceiling", ProbeReader::ceiling);
        if (ceiling.isEmpty()) {
            return attempts;
        }
        if (section.has("attempts")) {
            section.error("ceiling", "stands beside 'attempts', which says the same; keep one of the two");
        }
        long pauses = ceiling.get().toMillis() / interval.toMillis();
        if (pauses < 1 || pauses >= MOST_ATTEMPTS) {
            section.error(
                    "ceiling",
                    "holds %d intervals of %d ms; write one that holds 1 to %d"
                            .formatted(pauses, interval.toMillis(), MOST_ATTEMPTS - 1));
            return attempts;
        }
        return (int) pauses + 1;
    }

    private static Duration ceiling(String text) {
        Duration ceiling = Values.duration(text);
        if (ceiling.compareTo(MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is longer than an outage is waited out; write 150s or less");
        }
        return ceiling;
    }

    private static Map<String, FaultMeaning> faults(Section section) {
        Map<String, FaultMeaning> faults = new LinkedHashMap<>(ProbeConfig.DOCUMENTED_FAULTS);
        faults.putAll(section.map(
                "faults",
                Values::notBlank,
                text -> Values.constant(text, FaultMeaning.class, "gone", "alive", "unknown")));
        return faults;
    }

    private static ProbeConfig.Limits limits(Section section) {
        ProbeConfig.Limits otherwise = ProbeConfig.Limits.DEFAULT;
        return new ProbeConfig.Limits(
                section.duration("remember", otherwise.remember()),
                section.integer("budget", otherwise.budget(), 1, 1_000_000),
                section.duration("minGap", otherwise.minGap()));
    }

    private static SkipConfig skip(Section section) {
        Section names = section.section("keys");
        SkipConfig.Keys keys = SkipConfig.Keys.DEFAULT;
        SkipConfig skip = new SkipConfig(
                section.optional("youngerThan", Values::duration).orElse(null),
                section.value("async", false, Values::yesOrNo),
                section.value("inTransfer", false, Values::yesOrNo),
                new LinkedHashSet<>(section.values("media", Values::notBlank)),
                new SkipConfig.Keys(
                        names.text("receivedAt", keys.receivedAt()),
                        names.text("async", keys.async()),
                        names.text("inTransfer", keys.inTransfer()),
                        names.text("media", keys.media())));
        names.finish();
        section.finish();
        return skip;
    }
}
