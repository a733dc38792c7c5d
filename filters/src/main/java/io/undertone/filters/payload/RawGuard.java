package io.undertone.filters.payload;

import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.Utf8;

/**
 * Lets bytes of no known shape through as long as no keyword can be in them, and never a part of one: what may be the
 * beginning of a keyword waits until it is clear that it is not.
 */
final class RawGuard {
    private static final int LIMIT = 64 * 1024;

    private final RawScan scan;
    private final UnreadableReason reason;
    private final Window window = new Window();
    private int scanned;
    private int state = RawScan.START;

    /** @param reason what to say when something may be in them after all */
    RawGuard(RawScan scan, UnreadableReason reason) {
        this.scan = scan;
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
        window.send(window.end(), out);
    }

    private void scanUpTo(int to) {
        state = scan.advance(state, window.bytes(), scanned, to);
        if (state == RawScan.PERHAPS) {
            throw new UnreadablePayloadException(reason);
        }
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
