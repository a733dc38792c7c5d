package io.undertone.filters.payload;

import com.google.re2j.Pattern;
import io.undertone.filters.payload.JsonScanner.Token;
import java.nio.charset.StandardCharsets;

/** Guesses how a captured payload is framed. A reply on its way says so itself, in its content type. */
public final class PayloadTypes {
    /** Where a payload shows what it is, if it is no JSON. */
    private static final int BEGINNING = 512;

    private static final Pattern EVENTS = Pattern.compile("(?::|(?:data|event|id|retry)[:\\r\\n])");

    private PayloadTypes() {}

    /** The type that a payload looks like; a message of a WebSocket looks like a document, and is taken for one. */
    public static PayloadType guess(byte[] payload) {
        String beginning =
                new String(payload, 0, Math.min(BEGINNING, payload.length), StandardCharsets.ISO_8859_1).stripLeading();
        if (beginning.startsWith("{") || beginning.startsWith("[")) {
            return isLines(payload) ? PayloadType.JSON_LINES : PayloadType.JSON;
        }
        if (EVENTS.matcher(beginning).lookingAt()) {
            return PayloadType.EVENT_STREAM;
        }
        return JsonpEditor.CALL.matcher(beginning).lookingAt() ? PayloadType.JSONP : PayloadType.UNKNOWN;
    }

    /** Whether a line ends where a document does, and something else stands behind it. */
    private static boolean isLines(byte[] payload) {
        JsonScanner scanner = new JsonScanner();
        try {
            while (!scanner.isComplete() && scanner.next(payload, payload.length) != Token.NONE) {
                // The scanner does the reading.
            }
        } catch (UnreadablePayloadException e) {
            return false;
        }
        String rest = new String(
                payload, scanner.position(), payload.length - scanner.position(), StandardCharsets.ISO_8859_1);
        String next = rest.stripLeading();
        return !next.isEmpty()
                && rest.substring(0, rest.length() - next.length()).contains("\n");
    }
}
