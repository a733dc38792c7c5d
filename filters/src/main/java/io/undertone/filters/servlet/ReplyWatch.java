package io.undertone.filters.servlet;

import io.undertone.filters.dialect.MemberSign;
import io.undertone.filters.dialect.MemberSign.Saying;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for signs that the chat ended, or goes on, in the bytes of one reply of the chat server, or of one message of a
 * WebSocket, piece by piece. What is judged does not depend on it. For one thread at a time.
 */
public final class ReplyWatch {
    /**
     * How far from both ends is looked: such a member stands around the messages, not among them. Which large piece is the last
     * is not known before the next, so that the end of each is looked at.
     */
    private static final int NEAR = 1024;

    private final List<MemberSign> signs;
    private final boolean isSuccess;
    private final ChatListener chat;
    private final int longest;

    /** Of each sign, whether it said that the chat goes on. */
    private final boolean[] goesOn;

    /** The last bytes of what was seen: a sign may begin there. */
    private byte[] before = {};

    private long seen;
    private boolean isEnded;

    /**
     * @param isSuccess whether it can say that the chat goes on
     * @param chat hears at once that the chat ended, and at the end that it goes on
     */
    ReplyWatch(List<MemberSign> signs, boolean isSuccess, ChatListener chat) {
        this.signs = signs;
        this.isSuccess = isSuccess;
        this.chat = chat;
        this.goesOn = new boolean[signs.size()];
        int most = 0;
        for (MemberSign sign : signs) {
            most = Math.max(most, sign.longest());
        }
        this.longest = most;
    }

    /** Looks at the next bytes on their way to the judge, without their codings. */
    public void feed(byte[] bytes, int offset, int length) {
        if (isEnded || signs.isEmpty()) {
            return;
        }
        byte[] seam = before.length == 0 ? before : joined(bytes, offset, Math.min(length, longest));
        for (int i = 0; i < goesOn.length; i++) {
            MemberSign sign = signs.get(i);
            boolean mayGoOn = isSuccess && sign.canGoOn() && !goesOn[i];
            if (mayGoOn || sign.canEnd()) {
                Saying said = said(sign, seam, bytes, offset, length);
                if (said == Saying.ENDED) {
                    isEnded = true;
                    chat.ended();
                    return;
                }
                goesOn[i] |= said == Saying.GOES_ON;
            }
        }
        before = lastOf(bytes, offset, length);
        seen += length;
    }

    /** All of it was seen, and it can be read. */
    public void end() {
        if (isSuccess && !isEnded && goesOn()) {
            chat.goesOn();
        }
    }

    private boolean goesOn() {
        boolean isSaid = false;
        for (int i = 0; i < goesOn.length; i++) {
            if (signs.get(i).canGoOn() && !goesOn[i]) {
                return false;
            }
            isSaid |= goesOn[i];
        }
        return isSaid;
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

    private Saying said(MemberSign sign, byte[] seam, byte[] bytes, int offset, int length) {
        Saying atSeam = sign.in(seam, 0, seam.length);
        return atSeam == Saying.ENDED ? atSeam : last(atSeam, nearEnds(sign, bytes, offset, offset + length));
    }

    private Saying nearEnds(MemberSign sign, byte[] bytes, int from, int to) {
        if (to - from <= 2 * NEAR) {
            return sign.in(bytes, from, to);
        }
        Saying atEnd = sign.in(bytes, to - NEAR, to);
        return seen < NEAR ? last(sign.in(bytes, from, from + NEAR), atEnd) : atEnd;
    }

    private static Saying last(Saying one, Saying other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
