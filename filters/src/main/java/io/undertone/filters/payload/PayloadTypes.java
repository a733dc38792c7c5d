package io.undertone.filters.payload;

import io.undertone.filters.payload.JsonScanner.Token;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Guesses how a captured payload is framed. A reply on its way says so itself, in its content type. */
public final class PayloadTypes {
    private static final Pattern EVENTS = Pattern.compile("(?::|(?:data|event|id|retry)[:\\r\\n])");

    private static final Pattern CALL = Pattern.compile(Beginning.CALL);

    private PayloadTypes() {}

    /** The type that a payload looks like; a message of a WebSocket looks like a document, and is taken for one. */
    public static PayloadType guess(byte[] payload) {
        String beginning = Beginning.text(payload).stripLeading();
        if (beginning.startsWith("{") || beginning.startsWith("[")) {
            return isLines(payload) ? PayloadType.JSON_LINES : PayloadType.JSON;
        }
        if (EVENTS.matcher(beginning).lookingAt()) {
            return PayloadType.EVENT_STREAM;
        }
        return CALL.matcher(beginning).lookingAt() ? PayloadType.JSONP : PayloadType.UNKNOWN;
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
