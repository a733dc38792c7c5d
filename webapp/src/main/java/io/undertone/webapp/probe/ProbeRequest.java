package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question of a workflow. The names are those of the interaction's user data.
 *
 * @param interactionId the interaction, which is also the chat session
 * @param chatServerAppName the chat server that owns the session as far as the workflow knows, null when it does not
 * @param isOnline false when the workflow knows that the session finished, null when it does not say
 * @param userData what else the workflow told of the interaction, as far as a rule asks for it
 * @param mode who waits between two attempts
 * @param timeout when the answer has to come at the latest, null for what the mode does by itself
 * @param attempt the workflow's own count of its questions about this interaction, from 1; null when it keeps none
 */
public record ProbeRequest(
        String interactionId,
        @Nullable String chatServerAppName,
        @Nullable Boolean isOnline,
        Map<String, String> userData,
        Mode mode,
        @Nullable Duration timeout,
        @Nullable Integer attempt) {
    /** The longest interaction id or application name; the vendor's ids have 16 characters. */
    public static final int MAX_LENGTH = 256;

    /**
     * @throws IllegalArgumentException if the id is blank, or one of the texts is too long or not printable; the message
     *     says what to do
     */
    public ProbeRequest {
        if (interactionId.isBlank()) {
            throw new IllegalArgumentException("InteractionId is empty: send the id of the interaction to ask about");
        }
        check("InteractionId", interactionId);
        if (chatServerAppName != null) {
            check("ChatServerAppName", chatServerAppName);
        }
        userData = Map.copyOf(userData);
    }

    /** A patient question that says no more than the user data that every chat has. */
    public ProbeRequest(String interactionId, @Nullable String chatServerAppName, @Nullable Boolean isOnline) {
        this(interactionId, chatServerAppName, isOnline, Map.of(), Mode.PATIENT, null, null);
    }

    /** When the answer has to come at the latest, null when the attempts alone bound it. */
    @Nullable
    Duration patience() {
        return timeout == null ? mode.timeout() : timeout;
    }

    /** Whether a name or an id is one that a chat system could have given. */
    static boolean isWellFormed(String value) {
        return value.length() <= MAX_LENGTH && Printable.isPrintable(value);
    }

    private static void check(String name, String value) {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "%s is longer than %d characters, holds control characters or is not UTF-8: send the plain value of the interaction's user data"
                            .formatted(name, MAX_LENGTH));
        }
    }
}
