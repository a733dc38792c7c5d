package io.undertone.filters.payload;

import java.util.Arrays;

/** The bytes of a payload that are not judged yet. Filled at the end, emptied at the front, by sending or by cutting. */
final class Window {
    private static final int FIRST_SIZE = 512;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int end;
    private int front;

    /** Where the bytes stand, up to {@link #end()}; the array changes with {@link #append}. */
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

    void append(byte[] from, int offset, int length) {
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, Math.max(FIRST_SIZE, 2 * bytes.length)));
        }
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    /** Sends everything before an index. */
    void send(int to, Sink out) {
        if (to > front) {
            int from = front;
            front = to;
            out.write(bytes, from, to - from);
        }
    }

    /** Drops everything before an index. */
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
     * Makes room: moves what waits to the front.
     *
     * @return by how much every index fell
     */
    int compact() {
        int shift = front;
        System.arraycopy(bytes, front, bytes, 0, end - front);
        end -= shift;
        front = 0;
        return shift;
    }
}
