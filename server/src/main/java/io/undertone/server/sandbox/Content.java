package io.undertone.server.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event carries.
 *
 * @param text a message's body, a pushed URL, a notice's text; null when there is none
 * @param messageType chosen by the sender, opaque to the chat server; null when there is none
 * @param userData data of this event alone
 */
record Content(@Nullable String text, @Nullable String messageType, Map<String, String> userData) {
    static final Content NONE = new Content(null, null, Map.of());

    Content {
        userData = Map.copyOf(userData);
    }

    static Content text(@Nullable String text) {
        return new Content(text, null, Map.of());
    }

    static Content data(Map<String, String> userData) {
        return new Content(null, null, userData);
    }
}
