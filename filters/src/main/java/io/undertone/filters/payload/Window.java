package io.undertone.filters.payload;

import java.util.Arrays;

/**
 * The bytes of a payload that are not judged yet. Filled at the end, emptied at the front, by sending or by cutting. What
 * is judged as soon as it comes is never copied: it is read in its caller's array.
 */
final class Window {
    private static final int FIRST_SIZE = 512;
    private static final byte[] NOTHING = {};

    private byte[] own = NOTHING;
    private byte[] bytes = NOTHING;
    private int end;
    private int front;
    private int released;

    /** Where the bytes stand, up to {@link #end()}; the array changes with {@link #append} and {@link #borrow}. */
    byte[] bytes() {
        return bytes;
    }

    int end() {
        return end;
    }

    /** The first byte that waits. */
    int front() {
        return front;
    }

    /** How many bytes wait. */
    int size() {
        return end - front;
    }

    /** Copies more bytes. Not while an array is borrowed. */
    void append(byte[] from, int offset, int length) {
        if (end + length > own.length) {
            own = Arrays.copyOf(own, Math.max(end + length, Math.max(FIRST_SIZE, 2 * own.length)));
        }
        bytes = own;
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    /**
     * Reads on in another array, in which everything that waits stands, too, until {@link #compact}.
     *
     * @param offset where in that array the bytes begin that are not in the window yet
     * @return by how much every index fell
     */
    int borrow(byte[] from, int offset, int to) {
        int shift = end - offset;
        bytes = from;
        front -= shift;
        end = to;
        released = front;
        return shift;
    }

    /** Lets everything before an index go with what is sent next, so that neighbours go together. */
    void release(int to) {
        released = to;
    }

    /** Sends what was released. */
    void flush(Sink out) {
        send(released, out);
    }

    /** Sends everything before an index. */
    void send(int to, Sink out) {
        if (to > front) {
            int from = front;
            front = to;
            out.write(bytes, from, to - from);
        }
    }

    /** Drops everything before an index, of which nothing was released. */
    void cut(int to) {
        front = Math.max(front, to);
    }

    /** Takes everything out. */
    byte[] take() {
        byte[] taken = Arrays.copyOfRange(bytes, front, end);
        front = 0;
        end = 0;
        return taken;
    }

    /**
     * Makes room, and gives a borrowed array back: moves what waits to the front of an array of its own.
     *
     * @return by how much every index fell
     */
    int compact() {
        int shift = front;
        int waiting = end - front;
        byte[] from = bytes;
        front = 0;
        end = 0;
        released = 0;
        append(from, shift, waiting);
        return shift;
    }
}
