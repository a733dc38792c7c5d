package io.undertone.webapp.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow is told: one flat object, whatever its format.
 *
 * @param interactionId as it was asked for
 * @param reason why; it carries the verdict and the evidence
 * @param faultCode the code that the last attempt's server gave, empty when there is none
 * @param faultString the text beside it, empty when there is none
 * @param server the chat server that the interaction named last, empty when it named none
 * @param attempt how many probes the verdict rests on
 * @param attemptsMax how many it would have rested on at most
 * @param retryAfter when to ask again, zero when there is no need to
 * @param cached whether an earlier question's verdict was remembered, and at most one probe was sent to bear it out
 * @param checkedAt when the verdict fell
 * @param customer what the customer's browser and stream told by themselves, empty when this node saw nothing of it; it says
 *     nothing about the verdict
 * @param shadowVerdict what the verdict would have been, null outside of shadow mode
 * @param attempts those of the probes that are still known one by one, oldest first: a verdict that was remembered rests on more
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
        Optional<CustomerSigns> customer,
        @Nullable Verdict shadowVerdict,
        List<AttemptReport> attempts) {

    public ProbeAnswer {
        attempts = List.copyOf(attempts);
    }

    static ProbeAnswer of(ProbeRequest request, Finding finding, int attemptsMax, Optional<CustomerSigns> customer) {
        boolean tooOften = request.attempt() != null && request.attempt() > attemptsMax && !finding.settled();
        String server = finding.interaction().chatServerAppName();
        return new ProbeAnswer(
                request.interactionId(),
                tooOften ? Reason.ATTEMPTS_SPENT : finding.reason(),
                finding.outcome().map(EspOutcome::faultCode).orElse(""),
                finding.outcome().map(EspOutcome::faultString).orElse(""),
                server == null ? "" : server,
                finding.attempts(),
                attemptsMax,
                tooOften ? Duration.ZERO : finding.retryAfter(),
                finding.cached(),
                finding.checkedAt(),
                customer,
                null,
                AttemptReport.of(finding));
    }

    public Verdict verdict() {
        return reason.verdict();
    }

    /** Whether the workflow should route the interaction to an agent. Nothing stops a chat while there is more to ask. */
    public boolean route() {
        return verdict().route() || !retryAfter.isZero();
    }

    /** The verdict in one word, for whoever reads no other: none that stops a chat while there is more to ask. */
    String word() {
        return (route() && !verdict().route() ? Verdict.UNKNOWN : verdict()).wireName();
    }

    /** The same answer where all chats are to be routed, with what it would have been beside it. */
    ProbeAnswer inShadow() {
        return new ProbeAnswer(
                interactionId,
                route() ? reason : Reason.SHADOW,
                faultCode,
                faultString,
                server,
                attempt,
                attemptsMax,
                retryAfter,
                cached,
                checkedAt,
                customer,
                verdict(),
                attempts);
    }

    /** The answer's keys in their order, without those of which nothing is known; each value is a {@code String}, {@code Boolean}, {@code Integer} or {@code Long}. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interaction_id", interactionId);
        fields.put("verdict", verdict().wireName());
        fields.put("route", route());
        fields.put("reason", reason.wireName());
        fields.put("evidence", reason.evidence().wireName());
        fields.put("fault_code", faultCode);
        fields.put("fault_string", faultString);
        fields.put("server", server);
        fields.put("attempt", attempt);
        fields.put("attempts_max", attemptsMax);
        fields.put("retry_after_ms", retryAfterMillis());
        fields.put("cached", cached);
        fields.put("checked_at", checkedAt.truncatedTo(ChronoUnit.SECONDS).toString());
        customer.ifPresent(signs -> fields.putAll(signs.fields()));
        if (shadowVerdict != null) {
            fields.put("shadow_verdict", shadowVerdict.wireName());
        }
        return fields;
    }

    /** The same keys, {@code why} in words, and {@code attempts} one by one: for people. */
    Map<String, Object> details() {
        Map<String, Object> details = fields();
        details.put("why", Wording.of(reason));
        details.put("attempts", attempts.stream().map(AttemptReport::fields).toList());
        return details;
    }

    /** Rounded up, so that who waits so long is not early. */
    private long retryAfterMillis() {
        return retryAfter.plusNanos(999_999).toMillis();
    }
}
