package io.undertone.webapp.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a workflow is told: one flat object, whatever its format.
 *
 * @param interactionId as it was asked for
 * @param reason why; it carries the verdict and the evidence
 * @param faultCode the code that the last attempt's server gave, empty when there is none
 * @param faultString the text beside it, empty when there is none
 * @param server the chat server that the interaction named last, empty when it named none
 * @param attempt how many probes were sent
 * @param attemptsMax how many would have been sent at most
 * @param retryAfter when to ask again, zero when there is no need to
 * @param cached whether the verdict was remembered from an earlier question
 * @param checkedAt when the verdict fell
 * @param sinceLastPoll how long ago the customer's browser asked for anything, empty when nobody saw it; it says nothing
 *     about the verdict
 */
public record ProbeAnswer(
        String interactionId,
        Reason reason,
        String faultCode,
        String faultString,
        String server,
        int attempt,
        int attemptsMax,
        Duration retryAfter,
        boolean cached,
        Instant checkedAt,
        Optional<Duration> sinceLastPoll) {

    public Verdict verdict() {
        return reason.verdict();
    }

    /** The answer's keys in their order, without those of which nothing is known; each value is a {@code String}, {@code Boolean}, {@code Integer} or {@code Long}. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interaction_id", interactionId);
        fields.put("verdict", verdict().wireName());
        fields.put("route", verdict().route());
        fields.put("reason", reason.wireName());
        fields.put("evidence", reason.evidence().wireName());
        fields.put("fault_code", faultCode);
        fields.put("fault_string", faultString);
        fields.put("server", server);
        fields.put("attempt", attempt);
        fields.put("attempts_max", attemptsMax);
        fields.put("retry_after_ms", retryAfter.toMillis());
        fields.put("cached", cached);
        fields.put("checked_at", checkedAt.truncatedTo(ChronoUnit.SECONDS).toString());
        sinceLastPoll.ifPresent(since -> fields.put("customer_last_poll_ms", since.toMillis()));
        return fields;
    }
}
