package io.undertone.filters.payload;

import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.Utf8;

/**
 * Lets bytes of no known shape through as long as no keyword is in them, and never a part of one: what may be the beginning
 * of a keyword waits until it is clear that it is not. Where the scan of the bytes cannot tell, the rest waits for its end and
 * is read as the text that it may be.
 */
final class RawGuard {
    /** More than an error page, and little enough to wait. */
    private static final int LIMIT = 256 * 1024;

    private final Decider decider;
    private final UnreadableReason reason;
    private final Window window = new Window();
    private int scanned;
    private int state = RawScan.START;

    /** @param reason what to say when something is in them after all */
    RawGuard(Decider decider, UnreadableReason reason) {
        this.decider = decider;
        this.reason = reason;
    }

    void feed(byte[] bytes, int offset, int length, Sink out) {
        window.append(bytes, offset, length);
        scanUpTo(wholeCharactersEnd());
        if (state == RawScan.START) {
            window.send(scanned, out);
        }
        if (window.size() > LIMIT) {
            throw new UnreadablePayloadException(reason);
        }
        scanned -= window.compact();
    }

    void end(Sink out) {
        scanUpTo(window.end());
        if (state == RawScan.PERHAPS && decider.hidesText(window.bytes(), window.front(), window.end())) {
            throw new UnreadablePayloadException(reason);
        }
        window.send(window.end(), out);
    }

    private void scanUpTo(int to) {
        state = decider.advance(state, window.bytes(), scanned, to);
        scanned = to;
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
