package io.undertone.webapp.probe;

import io.undertone.webapp.page.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The attempts as rows of a table that grows: each is written once. Thread-safe. */
final class AttemptRows {
    private Instant latest = Instant.MIN;

    /** The rows of attempts that were not written yet, behind the table's head if they are the first. */
    synchronized String further(List<AttemptReport> attempts) {
        String rows = attempts.stream()
                .filter(attempt -> attempt.at().isAfter(latest))
                .map(AttemptRows::row)
                .collect(Collectors.joining());
        boolean isFirst = latest.equals(Instant.MIN);
        if (rows.isEmpty()) {
            return "";
        }
        latest = attempts.get(attempts.size() - 1).at();
        return isFirst
                ? "<h2>Attempts</h2>\n<table id=\"attempts\"><thead><tr><th>Ended</th><th>Server</th><th>Outcome</th></tr></thead><tbody>\n"
                        + rows
                : rows;
    }

    /** Ends the table if it was begun. */
    synchronized String end() {
        return latest.equals(Instant.MIN) ? "" : "</tbody></table>\n";
    }

    private static String row(AttemptReport attempt) {
        return "<tr><td><time>%s</time></td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        attempt.at().truncatedTo(ChronoUnit.MILLIS),
                        attempt.server().isEmpty() ? "any" : Page.escaped(attempt.server()),
                        Page.escaped(Wording.of(attempt.outcome())));
    }
}
