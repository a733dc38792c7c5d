package io.undertone.filters.servlet;

import io.undertone.filters.dialect.EndSign;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for a sign that the chat ended in the bytes that the chat server sends, piece by piece. It costs a fraction of the
 * judging; what is judged does not depend on it. For one thread at a time.
 */
final class EndWatch {
    /** How far from both ends of a large piece is looked: such a member stands around the messages, not among them. */
    private static final int NEAR = 4096;

    private final List<EndSign> signs;
    private final int longest;
    private final Runnable whenFound;

    /** The last bytes of what was seen: a sign may begin there. */
    private byte[] before = {};

    private boolean isOver;

    /** @param whenFound run once, at the first sign */
    EndWatch(List<EndSign> signs, Runnable whenFound) {
        this.signs = signs;
        this.longest = signs.stream().mapToInt(EndSign::longest).max().orElse(0);
        this.isOver = signs.isEmpty();
        this.whenFound = whenFound;
    }

    void feed(byte[] bytes, int offset, int length) {
        if (isOver) {
            return;
        }
        byte[] seam = joined(bytes, offset, Math.min(length, longest));
        if (isSaid(seam, 0, seam.length) || isSaidNearEnds(bytes, offset, offset + length)) {
            isOver = true;
            whenFound.run();
            return;
        }
        byte[] last = length >= longest ? Arrays.copyOfRange(bytes, offset + length - longest, offset + length) : seam;
        before = Arrays.copyOfRange(last, Math.max(0, last.length - longest), last.length);
    }

    private byte[] joined(byte[] bytes, int offset, int length) {
        byte[] seam = Arrays.copyOf(before, before.length + length);
        System.arraycopy(bytes, offset, seam, before.length, length);
        return seam;
    }

    private boolean isSaidNearEnds(byte[] bytes, int from, int to) {
        return to - from <= 2 * NEAR
                ? isSaid(bytes, from, to)
                : isSaid(bytes, from, from + NEAR) || isSaid(bytes, to - NEAR, to);
    }

    private boolean isSaid(byte[] bytes, int from, int to) {
        return signs.stream().anyMatch(sign -> sign.isIn(bytes, from, to));
    }
}
