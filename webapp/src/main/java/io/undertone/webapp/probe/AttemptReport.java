package io.undertone.webapp.probe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people are told of one attempt.
 *
 * @param at when it ended
 * @param server the chat server that was asked by name, empty when it was asked by type
 * @param outcome how it ended
 */
public record AttemptReport(Instant at, String server, EspOutcome outcome) {
    /** Those of a finding's attempts that are still known, oldest first. */
    static List<AttemptReport> of(Finding finding) {
        return finding.trace().stream().map(AttemptReport::of).toList();
    }

    private static AttemptReport of(Attempt attempt) {
        String server = attempt.interaction().chatServerAppName();
        return new AttemptReport(attempt.at(), server == null ? "" : server, attempt.outcome());
    }

    /** Its keys in their order. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("server", server);
        fields.put("outcome", Wording.wireName(outcome));
        fields.put("fault_code", outcome.faultCode());
        fields.put("fault_string", outcome.faultString());
        fields.put("what", Wording.of(outcome));
        return fields;
    }
}
