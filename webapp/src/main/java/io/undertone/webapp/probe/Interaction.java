package io.undertone.webapp.probe;

import io.undertone.webapp.config.Placeholder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    /** By what requests of the operator's own making are sent, where they do not go by the name. */
    private static final List<String> ADDRESS =
            List.of(Placeholder.CHAT_SERVER_HOST.wireName(), Placeholder.CHAT_SERVER_PORT.wireName());

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

    /** Whether user data are an interaction's: they need not say so, but whoever mixes replies up brings those of another. */
    static boolean mayBe(String interactionId, JsonNode userData) {
        JsonNode id = userData.path("InteractionId");
        return id.isMissingNode() || id.asString("").strip().equals(interactionId);
    }

    /** The same values, no longer to be relied on. */
    Interaction outdated() {
        return new Interaction(chatServerAppName, isOnline, false, userData);
    }

    /** The same, owned when it was last heard of by the server that owned another. */
    Interaction ownedOnceAs(Interaction earlier) {
        if (earlier.chatServerAppName == null) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(earlier.address());
        all.putAll(userData);
        return new Interaction(earlier.chatServerAppName, isOnline, false, all);
    }

    /** The host and port of the owner, as far as they are known. */
    Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        for (String key : ADDRESS) {
            String value = userData.get(key);
            if (value != null) {
                address.put(key, value);
            }
        }
        return address;
    }

    /**
     * What tells the owner from all other servers: its name, and its host and port where requests are sent by them, as two
     * servers may go by one name. Null when nobody said any of them.
     */
    @Nullable
    String server() {
        String address = String.join(":", address().values());
        if (address.isEmpty()) {
            return chatServerAppName;
        }
        return chatServerAppName == null ? address : chatServerAppName + " " + address;
    }

    /** Whether the user data say that the session finished. */
    boolean finished() {
        return Boolean.FALSE.equals(isOnline);
    }

    /** Whether both have the same server, or nobody said of either. */
    boolean sameServerAs(Interaction other) {
        return Objects.equals(server(), other.server());
    }

    /** Whether both interactions name a server, and not the same one. */
    boolean movedSince(Interaction earlier) {
        return chatServerAppName != null && earlier.chatServerAppName != null && !sameServerAs(earlier);
    }
}
