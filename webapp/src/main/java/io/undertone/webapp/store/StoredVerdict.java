package io.undertone.webapp.store;

import java.time.Instant;

/**
 * A verdict that a node remembers for all.
 *
 * @param interactionId the interaction it is about
 * @param server the chat server that owned the session, empty when none was named; another owner makes it another verdict
 * @param reason the reason's code, which carries the verdict
 * @param faultCode the code that the server gave, empty for none
 * @param faultString the text beside it, empty for none
 * @param attempts how many probes it took
 * @param checkedAt when it fell
 * @param expiresAt from when on it is forgotten
 */
public record StoredVerdict(
        String interactionId,
        String server,
        String reason,
        String faultCode,
        String faultString,
        int attempts,
        Instant checkedAt,
        Instant expiresAt) {}
