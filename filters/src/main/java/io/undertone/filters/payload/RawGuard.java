package io.undertone.filters.payload;

import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.Utf8;

/**
 * Lets bytes of no known shape through as long as no keyword is in them, and never a part of one: what may be the beginning
 * of a keyword waits until it is clear that it is not. Where the scan of the bytes cannot tell, as in a page, a script or an
 * object, the rest waits for its end, or until it is much, and is read as the text that it may be.
 */
final class RawGuard {
    /** More than an error page, and little enough to wait. */
    private static final int LIMIT = 256 * 1024;

    /** Of what was read, so much is read again with what follows: more than a keyword takes in any spelling. */
    private static final int OVERLAP = 16 * 1024;

    private final Decider decider;
    private final UnreadableReason reason;
    private final Window window = new Window();
    private int scanned;
    private int state = RawScan.START;
    private boolean isPlain = true;

    /** @param reason what to say when something is in them after all */
    RawGuard(Decider decider, UnreadableReason reason) {
        this.decider = decider;
        this.reason = reason;
    }

    void feed(byte[] bytes, int offset, int length, Sink out) {
        window.append(bytes, offset, length);
        scanUpTo(wholeCharactersEnd());
        if (isPlain && state == RawScan.START) {
            window.send(scanned, out);
        } else if (window.size() > LIMIT) {
            requireHarmless(scanned);
            window.send(charactersStart(scanned - OVERLAP), out);
        }
        scanned -= window.compact();
    }

    void end(Sink out) {
        scanUpTo(window.end());
        if (!isPlain || state == RawScan.PERHAPS) {
            requireHarmless(window.end());
        }
        window.send(window.end(), out);
    }

    private void requireHarmless(int to) {
        if (decider.hidesText(window.bytes(), window.front(), to)) {
            throw new UnreadablePayloadException(reason);
        }
    }

    private void scanUpTo(int to) {
        state = decider.advance(state, window.bytes(), scanned, to);
        // No scan finds the id of somebody who was hidden.
        isPlain = isPlain
                && !decider.remembersAny()
                && TextReadings.isPlain(window.bytes(), scanned, to)
                && !hasObject(scanned, to);
        scanned = to;
    }

    /** Whether an object may begin: who may see its first words, its last may say. */
    private boolean hasObject(int from, int to) {
        for (int at = from; at < to; at++) {
            if (window.bytes()[at] == '{') {
                return true;
            }
        }
        return false;
    }

    /** The first byte of the character that a byte belongs to. */
    private int charactersStart(int at) {
        int start = at;
        while ((window.bytes()[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    /** The end of the last character, or escape's first two, that is there whole. */
    private int wholeCharactersEnd() {
        byte[] bytes = window.bytes();
        int end = window.end();
        for (int at = end - 1; at >= Math.max(scanned, end - 3); at--) {
            boolean leads = bytes[at] < 0 && (bytes[at] & 0xC0) == 0xC0;
            if (leads) {
                return at + Utf8.length(bytes[at]) > end ? at : end;
            }
            if (bytes[at] >= 0) {
                break;
            }
        }
        int backslashes = 0;
        while (end - backslashes > scanned && bytes[end - backslashes - 1] == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1 ? end - 1 : end;
    }
}
