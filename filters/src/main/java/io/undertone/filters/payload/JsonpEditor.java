package io.undertone.filters.payload;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A JSON document in the call of a JavaScript function, as old browsers fetch it by a script element. */
final class JsonpEditor implements Codec {
    private static final int LONGEST_CALL = 512;

    private static final Pattern CALL = Pattern.compile(Beginning.CALL);

    private static final Pattern END = Pattern.compile("\\s*+\\)\\s*+;?+\\s*+");

    private final DocumentCodec document;
    private final Window call = new Window();
    private final Window rest = new Window();
    private boolean isInside;

    JsonpEditor(DocumentCodec document) {
        this.document = document;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        int at = offset;
        if (!isInside) {
            while (at < offset + length && bytes[at] != '(') {
                at++;
            }
            boolean isOpened = at < offset + length;
            call.append(bytes, offset, at - offset + (isOpened ? 1 : 0));
            if (call.size() > LONGEST_CALL
                    || (isOpened && !CALL.matcher(text(call)).matches())) {
                int unread = Math.min(at + 1, offset + length);
                call.append(bytes, unread, offset + length - unread);
                throw new UnreadablePayloadException(UnreadableReason.UNKNOWN_TYPE);
            }
            if (!isOpened) {
                return;
            }
            isInside = true;
            call.send(call.end(), out);
            at++;
        }
        inside(bytes, at, offset + length, out);
    }

    /** The document's end is found by the last parenthesis: whatever may be the call's end waits. */
    private void inside(byte[] bytes, int from, int to, Sink out) {
        int split = to;
        while (split > from && isOfEnd(bytes[split - 1])) {
            split--;
        }
        if (split > from) {
            rest.append(bytes, from, split - from);
            byte[] inside = rest.take();
            rest.append(bytes, split, to - split);
            document.feed(inside, 0, inside.length, out);
        } else {
            rest.append(bytes, from, to - from);
        }
        if (rest.size() > LONGEST_CALL) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_JSON);
        }
    }

    private static boolean isOfEnd(byte b) {
        return b == ')' || b == ';' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static String text(Window window) {
        return new String(window.bytes(), 0, window.end(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void end(Sink out) {
        if (!isInside && call.size() == 0) {
            return;
        }
        if (!isInside || !END.matcher(text(rest)).matches()) {
            throw new UnreadablePayloadException(isInside ? UnreadableReason.TRUNCATED : UnreadableReason.UNKNOWN_TYPE);
        }
        document.end(out);
        rest.send(rest.end(), out);
    }

    @Override
    public void giveBack(Sink unjudged) {
        call.send(call.end(), unjudged);
        document.giveBack(unjudged);
        rest.send(rest.end(), unjudged);
    }
}
