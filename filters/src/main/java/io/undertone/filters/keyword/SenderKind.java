package io.undertone.filters.keyword;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kind of participant that sent an event, after the {@code from.type} of a Genesys chat. */
public enum SenderKind {
    /** The customer. */
    CLIENT,
    AGENT,
    SUPERVISOR,
    /** A workflow or a bot. */
    EXTERNAL,
    /** The chat server itself. */
    SYSTEM,
    /** A kind that is missing or that nobody here has heard of; it counts as "anyone but the customer". */
    UNKNOWN;

    /**
     * Reads a kind as chat systems spell it, in any case.
     *
     * @param spelling the value on the wire, null when there is none
     */
    public static SenderKind of(@Nullable String spelling) {
        if (spelling == null) {
            return UNKNOWN;
        }
        return switch (spelling.toLowerCase(Locale.ROOT)) {
            case "client" -> CLIENT;
            case "agent" -> AGENT;
            case "supervisor" -> SUPERVISOR;
            case "external" -> EXTERNAL;
            case "system" -> SYSTEM;
            default -> UNKNOWN;
        };
    }
}
