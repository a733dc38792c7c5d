package io.undertone.webapp.probe;

import java.time.Instant;

/**
 * That a session is gone. It is never told again by itself: the next probe has to bear it out, and then no more
 * attempts are needed.
 *
 * @param interactionId the interaction
 * @param server the {@linkplain Interaction#server chat server} that owned the session; what is remembered says nothing of any other server
 * @param reason why the verdict fell; one whose verdict is {@link Verdict#GONE}
 * @param faultCode the code that the server gave, empty when there is none
 * @param faultString the text beside it, empty when there is none
 * @param attempts how many probes it rests on
 * @param checkedAt when it fell
 * @param expiresAt when it is to be forgotten
 */
public record RememberedVerdict(
        String interactionId,
        String server,
        Reason reason,
        String faultCode,
        String faultString,
        int attempts,
        Instant checkedAt,
        Instant expiresAt) {
    /** Whether one more attempt says the same as those that led to this verdict. */
    boolean isBorneOutBy(Attempt attempt) {
        return attempt.notFoundBy(server);
    }

    /** Whether the session lived after it fell, as far as the clocks of two nodes agree. */
    boolean isRefutedBy(Instant answeredAt) {
        return answeredAt.isAfter(checkedAt);
    }
}
