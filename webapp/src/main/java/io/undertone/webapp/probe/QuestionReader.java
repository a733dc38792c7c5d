package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a caller sent into a question. Immutable. */
final class QuestionReader {
    /** Parameters of ours, which may be said once for many questions. */
    static final Set<String> OURS = Set.of("mode", "timeout_ms", "attempt");

    private static final int LONGEST_TIMEOUT_MS = 600_000;
    private static final int MOST_ATTEMPTS = 1_000_000;

    private final Set<String> userDataKeys;
    private final boolean workflowSends;

    /**
     * @param userDataKeys the user data that rules ask for
     * @param workflowSends whether the workflow sends each probe itself, so that nobody else can ask again for it
     */
    QuestionReader(Set<String> userDataKeys, boolean workflowSends) {
        this.userDataKeys = userDataKeys;
        this.workflowSends = workflowSends;
    }

    ProbeRequest read(Parameters parameters) throws BadRequestException {
        String interactionId = parameters
                .get("InteractionId")
                .orElseThrow(() ->
                        invalid("InteractionId is missing or empty: send the id of the interaction to ask about"));
        Optional<String> isOnline = parameters.get("IsOnline");
        Optional<Boolean> online = isOnline.flatMap(Interaction::parseIsOnline);
        if (isOnline.isPresent() && online.isEmpty()) {
            throw invalid("IsOnline is neither 0, 1, true nor false: send one of these, or leave it out");
        }
        Integer timeout = wholeNumber(parameters, "timeout_ms", LONGEST_TIMEOUT_MS);
        try {
            return new ProbeRequest(
                    interactionId,
                    parameters.get("ChatServerAppName").orElse(null),
                    online.orElse(null),
                    userData(parameters),
                    mode(parameters),
                    timeout == null ? null : Duration.ofMillis(timeout),
                    wholeNumber(parameters, "attempt", MOST_ATTEMPTS));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> userData(Parameters parameters) throws BadRequestException {
        Map<String, String> userData = new LinkedHashMap<>();
        for (String key : userDataKeys) {
            parameters.get(key).filter(ProbeRequest::isWellFormed).ifPresent(value -> userData.put(key, value));
        }
        return userData;
    }

    private Mode mode(Parameters parameters) throws BadRequestException {
        String mode = parameters.getExactly("mode").orElse(workflowSends ? "one-shot" : "patient");
        if (workflowSends && mode.equals("patient")) {
            throw invalid(
                    "mode is patient, but here the workflow sends the probes: leave it out, and ask again after retry_after_ms");
        }
        return switch (mode) {
            case "patient" -> Mode.PATIENT;
            case "one-shot" -> Mode.ONE_SHOT;
            default -> throw invalid("mode is neither one-shot nor patient: send one of these, or leave it out");
        };
    }

    private static @Nullable Integer wholeNumber(Parameters parameters, String name, int most)
            throws BadRequestException {
        Optional<String> text = parameters.getExactly(name);
        if (text.isEmpty()) {
            return null;
        }
        if (text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw invalid("%s is not a whole number from 1 to %d: send one, or leave it out".formatted(name, most));
    }

    private static BadRequestException invalid(String detail) {
        return new BadRequestException(HttpServletResponse.SC_BAD_REQUEST, "Bad parameter", detail);
    }
}
