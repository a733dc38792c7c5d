package io.undertone.filters.keyword;

/**
 * A participant that is hidden whole: join, leave, rename, typing and messages.
 *
 * @param nickname the name it joins under, compared loosely and as a whole
 * @param kind what it joins as; a participant of {@link SenderKind#UNKNOWN} kind is hidden too
 */
public record HiddenParticipant(String nickname, SenderKind kind) {

    /** @throws IllegalArgumentException if the nickname is blank */
    public HiddenParticipant {
        if (nickname.isBlank()) {
            throw new IllegalArgumentException("a hidden participant needs a nickname");
        }
    }
}
