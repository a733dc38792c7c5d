package io.undertone.filters.payload;

import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.JsonScanner.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Patches a message's {@code visibility} member, and nothing else of it. */
final class Tagger {
    private static final String MEMBER = "visibility";

    private Tagger() {}

    /**
     * Sends a message with its tag. One that is no object has no place for a tag and is sent as it is.
     *
     * @param bytes hold one whole JSON value in {@code [from, to)}
     */
    static void send(byte[] bytes, int from, int to, Visibility tag, Sink out) {
        byte[] message = Arrays.copyOfRange(bytes, from, to);
        JsonScanner scanner = new JsonScanner();
        if (scanner.next(message, message.length) != Token.BEGIN_OBJECT) {
            out.write(message, 0, message.length);
            return;
        }
        String quoted = "\"" + tag + "\"";
        int sent = 0;
        boolean anyMember = false;
        boolean tagged = false;
        Token token;
        while ((token = scanner.next(message, message.length)) != Token.END_OBJECT || scanner.depth() > 0) {
            if (token != Token.NAME || scanner.depth() != 1) {
                continue;
            }
            anyMember = true;
            if (MessageReader.string(message, scanner.tokenStart(), scanner.position())
                    .equals(MEMBER)) {
                scanner.next(message, message.length);
                int valueStart = scanner.tokenStart();
                skipRest(scanner, message);
                out.write(message, sent, valueStart - sent);
                write(quoted, out);
                sent = scanner.position();
                tagged = true;
            }
        }
        int close = scanner.tokenStart();
        out.write(message, sent, close - sent);
        if (!tagged) {
            write((anyMember ? "," : "") + "\"" + MEMBER + "\":" + quoted, out);
        }
        out.write(message, close, message.length - close);
    }

    /** Goes to the end of the value whose first token was just read. */
    private static void skipRest(JsonScanner scanner, byte[] message) {
        while (scanner.depth() > 1) {
            scanner.next(message, message.length);
        }
    }

    private static void write(String text, Sink out) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes, 0, bytes.length);
    }
}
