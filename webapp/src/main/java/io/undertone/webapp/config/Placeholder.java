package io.undertone.webapp.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a template has to be filled with for each probe. */
public enum Placeholder {
    /** The interaction, which is also the chat session. */
    INTERACTION_ID("InteractionId"),
    /** The chat server that owns the session. */
    CHAT_SERVER_APP_NAME("ChatServerAppName"),
    /** Where that server is, as the user data say. */
    CHAT_SERVER_HOST("ChatServerHost"),
    /** Its port, as the user data say. */
    CHAT_SERVER_PORT("ChatServerPort"),
    /** What the probe says: {@code probe.text} and a token of its own. */
    TEXT("Text"),
    /** {@code probe.nickname}. */
    NICKNAME("Nickname"),
    /** {@code probe.visibility}: ALL, INT or VIP. */
    VISIBILITY("Visibility");

    private final String wireName;

    Placeholder(String wireName) {
        this.wireName = wireName;
    }

    /** The name between the braces. */
    public String wireName() {
        return wireName;
    }

    @Override
    public String toString() {
        return "{" + wireName + "}";
    }

    static Placeholder named(String name) {
        return Arrays.stream(values())
                .filter(placeholder -> placeholder.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"{" + name
                        + "}\" is no placeholder; those that there are: "
                        + Arrays.stream(values()).map(Placeholder::toString).collect(Collectors.joining(", "))));
    }
}
