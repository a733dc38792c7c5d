package io.undertone.filters.servlet;

import io.undertone.filters.dialect.EndSign;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for a sign that the chat ended in the bytes that the chat server sends, piece by piece. It costs a fraction of the
 * judging; what is judged does not depend on it. For one thread at a time.
 */
final class EndWatch {
    /**
     * How far from both ends is looked: such a member stands around the messages, not among them. Which large piece is the last
     * is not known before the next, so that the end of each is looked at.
     */
    private static final int NEAR = 4096;

    private final List<EndSign> signs;
    private final int longest;
    private final Runnable whenFound;

    /** The last bytes of what was seen: a sign may begin there. */
    private byte[] before = {};

    private long seen;
    private boolean isOver;

    /** @param whenFound run once, at the first sign */
    EndWatch(List<EndSign> signs, Runnable whenFound) {
        this.signs = signs;
        int most = 0;
        for (EndSign sign : signs) {
            most = Math.max(most, sign.longest());
        }
        this.longest = most;
        this.isOver = signs.isEmpty();
        this.whenFound = whenFound;
    }

    void feed(byte[] bytes, int offset, int length) {
        if (isOver) {
            return;
        }
        if (isSaidAtSeam(bytes, offset, length) || isSaidNearEnds(bytes, offset, offset + length)) {
            isOver = true;
            whenFound.run();
        } else {
            before = lastOf(bytes, offset, length);
            seen += length;
        }
    }

    private boolean isSaidAtSeam(byte[] bytes, int offset, int length) {
        if (before.length == 0) {
            return false;
        }
        byte[] seam = joined(bytes, offset, Math.min(length, longest));
        return isSaid(seam, 0, seam.length);
    }

    private byte[] lastOf(byte[] bytes, int offset, int length) {
        if (length >= longest) {
            return Arrays.copyOfRange(bytes, offset + length - longest, offset + length);
        }
        byte[] seam = joined(bytes, offset, length);
        return Arrays.copyOfRange(seam, Math.max(0, seam.length - longest), seam.length);
    }

    private byte[] joined(byte[] bytes, int offset, int length) {
        byte[] seam = Arrays.copyOf(before, before.length + length);
        System.arraycopy(bytes, offset, seam, before.length, length);
        return seam;
    }

    private boolean isSaidNearEnds(byte[] bytes, int from, int to) {
        return to - from <= 2 * NEAR
                ? isSaid(bytes, from, to)
                : (seen < NEAR && isSaid(bytes, from, from + NEAR)) || isSaid(bytes, to - NEAR, to);
    }

    private boolean isSaid(byte[] bytes, int from, int to) {
        for (EndSign sign : signs) {
            if (sign.isIn(bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
