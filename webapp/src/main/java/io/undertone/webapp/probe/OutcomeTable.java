package io.undertone.webapp.probe;

import io.undertone.webapp.config.OutcomeRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What replies mean: the first row that holds says so, and a reply for which none holds means nothing. Immutable. */
final class OutcomeTable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<OutcomeRow> rows;

    OutcomeTable(List<OutcomeRow> rows) {
        this.rows = rows;
    }

    EspOutcome outcome(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode json = json(body);
        String told = "HTTP status " + status;
        return rows.stream()
                .filter(row -> holds(row, status, text, json))
                .findFirst()
                .map(row -> outcome(row, told))
                .orElseGet(() -> new EspOutcome.Failed(told + ", for which no row of probe.template.outcomes holds"));
    }

    private static EspOutcome outcome(OutcomeRow row, String told) {
        return switch (row.outcome()) {
            case ACCEPTED -> new EspOutcome.Accepted();
            case NOT_FOUND -> new EspOutcome.Fault(row.faultCode(), told);
            case NO_SERVER -> new EspOutcome.NoServer("", told);
            case OTHER -> new EspOutcome.Failed(told);
        };
    }

    private static boolean holds(OutcomeRow row, int status, String text, JsonNode json) {
        String contains = row.contains();
        return (row.statuses().isEmpty() || row.statuses().contains(status))
                && (contains == null || text.contains(contains))
                && (row.pointer() == null || hasValue(json.at(row.pointer()), row.equal()));
    }

    private static boolean hasValue(JsonNode value, @Nullable String equal) {
        return value.isValueNode()
                && !value.isNull()
                && (equal == null || value.asString().equals(equal));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException none) {
            return MissingNode.getInstance();
        }
    }
}
