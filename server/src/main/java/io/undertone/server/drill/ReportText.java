package io.undertone.server.drill;

import java.util.Locale;
import java.util.function.Function;

/** A report for people at a terminal: a short table. */
public final class ReportText {
    private static final String ROW = "%-32s%18s%18s%n";

    private ReportText() {}

    public static String of(DrillReport report) {
        StringBuilder text = new StringBuilder(Words.scene(report.settings())).append(System.lineSeparator());
        text.append(System.lineSeparator()).append(ROW.formatted("", "without", "with Undertone"));
        row(text, report, "dead chats shown to agents", outcome -> number(outcome.deadChatsShown()));
        row(text, report, "agent minutes lost", outcome -> number(outcome.agentMinutesLost()));
        row(text, report, "live chats stopped", outcome -> number(outcome.liveChatsStopped()));
        row(text, report, "probes that customers saw", outcome -> number(outcome.probesSeen()));
        row(text, report, "probes sent", outcome -> number(outcome.probesSent()));
        row(text, report, "queue clean after the crash", Words::untilClean);
        row(text, report, "dead chats taken out", outcome -> number(outcome.deadChatsStopped()));
        row(text, report, "chats restored", outcome -> number(outcome.restored()));
        row(text, report, "chats brought to their end", outcome -> number(outcome.handled()));
        return text.append(System.lineSeparator()).append(Words.verdict(report)).toString();
    }

    private static void row(StringBuilder text, DrillReport report, String name, Function<Outcome, String> value) {
        text.append(ROW.formatted(name, value.apply(report.without()), value.apply(report.with())));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
