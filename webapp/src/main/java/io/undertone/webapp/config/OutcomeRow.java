package io.undertone.webapp.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table that says what a chat server's reply means. Every condition that it names has to hold; it names one
 * at least.
 *
 * @param statuses HTTP statuses, one of which the reply has; empty when any will do
 * @param pointer a place in the reply's JSON (RFC 6901) where a plain value stands, null when none has to
 * @param equal what that value is, null when any will do
 * @param contains a text that stands in the reply's body, null when none has to
 * @param outcome what such a reply means
 * @param faultCode of {@link Outcome#NOT_FOUND}: the fault that it counts as; {@code probe.faults} says what that means
 */
public record OutcomeRow(
        List<Integer> statuses,
        @Nullable String pointer,
        @Nullable String equal,
        @Nullable String contains,
        Outcome outcome,
        String faultCode) {

    /** "interaction with specified id was not found", of the vendor's chat server. */
    public static final String INTERACTION_NOT_FOUND = "100";

    public OutcomeRow {
        statuses = List.copyOf(statuses);
    }

    /** What a reply means. */
    public enum Outcome {
        /** The chat session is there. */
        ACCEPTED,
        /** The server that was asked does not know the session. May stop a chat. */
        NOT_FOUND,
        /** No chat server took the request. May stop a chat. */
        NO_SERVER,
        /** Nothing. */
        OTHER
    }
}
