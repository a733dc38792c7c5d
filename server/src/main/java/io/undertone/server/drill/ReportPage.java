package io.undertone.server.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** A report as a page that stands for itself: no script, no font and no picture from elsewhere. */
public final class ReportPage {
    private ReportPage() {}

    public static String of(DrillReport report) {
        String page = template();
        for (Map.Entry<String, String> part : parts(report).entrySet()) {
            page = page.replace("{{" + part.getKey() + "}}", part.getValue());
        }
        return page;
    }

    private static Map<String, String> parts(DrillReport report) {
        DrillSettings settings = report.settings();
        Outcome without = report.without();
        Outcome with = report.with();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("scene", Words.scene(settings));
        parts.put("verdict", Words.verdict(report));
        parts.put("mood", report.aimsHold() ? "good" : "bad");
        parts.put("seed", Long.toString(settings.seed()));
        parts.put(
                "figures",
                figure("dead chats shown to agents", without.deadChatsShown(), with.deadChatsShown())
                        + figure("agent minutes lost", without.agentMinutesLost(), with.agentMinutesLost())
                        + figure("live chats stopped", without.liveChatsStopped(), with.liveChatsStopped())
                        + figure("probes that customers saw", without.probesSeen(), with.probesSeen()));
        parts.put(
                "rows",
                row("queue clean after the crash", Words.untilClean(without), Words.untilClean(with))
                        + row("dead chats taken out of the queue", without.deadChatsStopped(), with.deadChatsStopped())
                        + row("chats restored on another server", without.restored(), with.restored())
                        + row("chats brought to their end", without.handled(), with.handled())
                        + row("probes sent", without.probesSent(), with.probesSent()));
        parts.put("deadChats", both(report, "Open chats that nobody can join", Outcome.Point::deadChats));
        parts.put("minutesLost", both(report, "Agent minutes lost so far", Outcome.Point::minutesLost));
        parts.put(
                "probesSent",
                new Chart("Probes sent so far", Outcome.Point::probesSent, settings.crashAfter())
                        .draw(List.of(new Chart.Series("with", with.course()))));
        return parts;
    }

    private static String both(DrillReport report, String title, ToLongFunction<Outcome.Point> value) {
        return new Chart(title, value, report.settings().crashAfter())
                .draw(List.of(
                        new Chart.Series("without", report.without().course()),
                        new Chart.Series("with", report.with().course())));
    }

    private static String figure(String name, long without, long with) {
        return "<div><dt>%s</dt><dd class=\"with\">%s</dd><dd class=\"without\">%s without</dd></div>%n"
                .formatted(name, number(with), number(without));
    }

    private static String row(String name, long without, long with) {
        return row(name, number(without), number(with));
    }

    private static String row(String name, String without, String with) {
        return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>%n".formatted(name, without, with);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String template() {
        try (InputStream page = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
