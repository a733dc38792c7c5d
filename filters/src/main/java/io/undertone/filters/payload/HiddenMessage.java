package io.undertone.filters.payload;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message was hidden. It never holds the message's text, but for what only a machine writes there: signatures, by which a
 * sender knows its own message again.
 *
 * @param chatId the chat session, null where the payload had not named it
 * @param position the message's index in the transcript as spelled on the wire, null where it has none
 * @param keywordId the keyword that hid it, or {@code "participant"} for an event of a hidden participant
 * @param tag the visibility that it has instead
 * @param sender the kind of participant that sent it
 * @param signatures the runs of 43 and more characters of base64url (RFC 4648 section 5) in its text, as long as 256 bits
 *     are; {@link #toString} leaves them out
 */
public record HiddenMessage(
        @Nullable String chatId,
        @Nullable String position,
        String keywordId,
        Visibility tag,
        SenderKind sender,
        List<String> signatures) {

    static final int SIGNATURE_LENGTH = 43;

    /** More than any message has that is signed. */
    private static final int MOST_SIGNATURES = 4;

    public HiddenMessage {
        signatures = List.copyOf(signatures);
    }

    /** The same, in a chat that its payload did not name. */
    public HiddenMessage inChat(@Nullable String named) {
        return new HiddenMessage(named, position, keywordId, tag, sender, signatures);
    }

    static void addSignatures(String text, List<String> signatures) {
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at < text.length() && isOfSignature(text.charAt(at))) {
                continue;
            }
            if (at - from >= SIGNATURE_LENGTH && signatures.size() < MOST_SIGNATURES) {
                signatures.add(text.substring(from, at));
            }
            from = at + 1;
        }
    }

    private static boolean isOfSignature(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** Never shows a signature: whoever reads a log could repeat it. */
    @Override
    public String toString() {
        return "HiddenMessage[chatId=%s, position=%s, keywordId=%s, tag=%s, sender=%s]"
                .formatted(chatId, position, keywordId, tag, sender);
    }
}
