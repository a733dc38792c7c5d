package io.undertone.filters.payload;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * A message was hidden. It never holds the message's text.
 *
 * @param chatId the chat session, null where the payload had not named it
 * @param position the message's index in the transcript as spelled on the wire, null where it has none
 * @param keywordId the keyword that hid it, or {@code "participant"} for an event of a hidden participant
 * @param tag the visibility that it has instead
 * @param sender the kind of participant that sent it
 */
public record HiddenMessage(
        @Nullable String chatId, @Nullable String position, String keywordId, Visibility tag, SenderKind sender) {

    /** The same, in a chat that its payload did not name. */
    public HiddenMessage inChat(@Nullable String named) {
        return new HiddenMessage(named, position, keywordId, tag, sender);
    }
}
