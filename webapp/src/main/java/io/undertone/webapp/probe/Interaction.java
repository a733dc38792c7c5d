package io.undertone.webapp.probe;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an interaction just before an attempt.
 *
 * @param chatServerAppName the application that owns the chat session, null when nobody said
 * @param isOnline false once the session finished, null when nobody said
 * @param current false when these values should have been read afresh and could not be
 * @param userData what else is known, as far as a rule asks for it
 */
record Interaction(
        @Nullable String chatServerAppName, @Nullable Boolean isOnline, boolean current, Map<String, String> userData) {

    Interaction(@Nullable String chatServerAppName, @Nullable Boolean isOnline, boolean current) {
        this(chatServerAppName, isOnline, current, Map.of());
    }

    static Interaction asToldBy(ProbeRequest request) {
        return new Interaction(request.chatServerAppName(), request.isOnline(), true, request.userData());
    }

    /** Reads {@code IsOnline} as user data spell it: 0, 1, true or false in any case; empty for everything else. */
    static Optional<Boolean> parseIsOnline(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "1", "true" -> Optional.of(true);
            case "0", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The same values, no longer to be relied on. */
    Interaction outdated() {
        return new Interaction(chatServerAppName, isOnline, false, userData);
    }

    /** The same, owned by that server when it was last heard of. */
    Interaction ownedOnceBy(@Nullable String server) {
        return new Interaction(server, isOnline, current && server == null, userData);
    }

    /** Whether the user data say that the session finished. */
    boolean finished() {
        return Boolean.FALSE.equals(isOnline);
    }

    /** Whether both name the same server, or neither names one. */
    boolean sameServerAs(Interaction other) {
        return Objects.equals(chatServerAppName, other.chatServerAppName);
    }

    /** Whether both interactions name a server, and not the same one. */
    boolean movedSince(Interaction earlier) {
        return chatServerAppName != null && earlier.chatServerAppName != null && !sameServerAs(earlier);
    }
}
