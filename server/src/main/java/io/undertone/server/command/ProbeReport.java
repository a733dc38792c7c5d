package io.undertone.server.command;

import io.undertone.webapp.probe.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What was answered, for people: one answer at length, or many counted by verdict, with those that stop by name. Not thread-safe. */
final class ProbeReport {
    private static final List<String> VERDICTS =
            Arrays.stream(Verdict.values()).map(Verdict::wireName).toList();

    private final Map<String, Integer> routed = new TreeMap<>();
    private final List<JsonNode> stopped = new ArrayList<>();
    private final List<JsonNode> refused = new ArrayList<>();

    /** One answer with its details. */
    static String of(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        text.append(text(answer, "interaction_id"))
                .append(": ")
                .append(text(answer, "verdict"))
                .append(answer.path("route").asBoolean() ? ", route it" : ", do not route it")
                .append(answer.has("shadow_verdict") ? " (without shadow: " + text(answer, "shadow_verdict") + ")" : "")
                .append("\n")
                .append(text(answer, "why"))
                .append(".\n");
        if (!answer.path("attempts").isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode attempt : answer.path("attempts")) {
                rows.add(List.of(
                        text(attempt, "at"),
                        text(attempt, "server").isEmpty() ? "any server" : text(attempt, "server"),
                        text(attempt, "what")));
            }
            text.append("\n").append(aligned(rows));
        }
        if (answer.path("cached").asBoolean()) {
            int attempts = answer.path("attempt").asInt();
            text.append("\nIt rests on %d attempt%s, those of an earlier question among them.\n"
                    .formatted(attempts, attempts == 1 ? "" : "s"));
        }
        if (answer.has("customer_last_poll_ms")) {
            text.append("\nThe customer's browser was last seen %.1f s ago.\n"
                    .formatted(answer.path("customer_last_poll_ms").asLong() / 1000.0));
        }
        if (answer.path("browser_gone").asBoolean()) {
            text.append("It left before the answer, and did not come again.\n");
        }
        if (answer.path("chat_ended_seen").asBoolean()) {
            text.append("The chat server told the customer that the chat ended.\n");
        }
        if (answer.path("retry_after_ms").asLong() > 0) {
            text.append("\nAsk again in %.1f s.\n"
                    .formatted(answer.path("retry_after_ms").asLong() / 1000.0));
        }
        return text.toString().stripTrailing();
    }

    void add(JsonNode answer) {
        if (answer.has("line")) {
            refused.add(answer);
        } else if (answer.path("route").asBoolean(true)) {
            routed.merge(text(answer, "verdict"), 1, Integer::sum);
        } else {
            stopped.add(answer);
        }
    }

    /** Lines that were no questions. */
    List<JsonNode> refused() {
        return List.copyOf(refused);
    }

    boolean stopsAny() {
        return !stopped.isEmpty();
    }

    /** A table of what was counted, and one of what stops. */
    @Override
    public String toString() {
        Map<String, Integer> stops = stopped.stream()
                .collect(Collectors.groupingBy(
                        answer -> text(answer, "verdict"), TreeMap::new, Collectors.summingInt(one -> 1)));
        List<List<String>> counts = new ArrayList<>(List.of(List.of("verdict", "route", "stop")));
        for (String verdict : VERDICTS) {
            int goOn = routed.getOrDefault(verdict, 0);
            int stay = stops.getOrDefault(verdict, 0);
            if (goOn + stay > 0) {
                counts.add(List.of(verdict, String.valueOf(goOn), String.valueOf(stay)));
            }
        }
        counts.add(List.of(
                "all",
                String.valueOf(
                        routed.values().stream().mapToInt(Integer::intValue).sum()),
                String.valueOf(stopped.size())));
        if (stopped.isEmpty()) {
            return aligned(counts);
        }
        List<List<String>> named = new ArrayList<>(List.of(List.of("stop", "verdict", "server", "reason")));
        stopped.forEach(answer -> named.add(List.of(
                text(answer, "interaction_id"),
                text(answer, "verdict"),
                text(answer, "server"),
                text(answer, "reason"))));
        return aligned(counts) + "\n" + aligned(named);
    }

    private static String text(JsonNode answer, String key) {
        return answer.path(key).asString("");
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
