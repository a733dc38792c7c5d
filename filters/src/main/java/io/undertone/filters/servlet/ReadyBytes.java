package io.undertone.filters.servlet;

import io.undertone.filters.payload.Sink;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is judged and not sent yet. Most of what comes goes on as it came: a single run of it is not copied, but sent from
 * where it stands.
 */
final class ReadyBytes implements Sink {
    /** Where it goes. */
    @FunctionalInterface
    interface Output {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    private static final byte[] NOTHING = {};

    /** Where a run may stand, and where it does. */
    private byte[] source = NOTHING;

    private int from;
    private int to;

    /** How much may come, about. */
    private int expected;

    /** Used again for what comes next: nothing does before the output is ready for it, and no longer reads what was sent. */
    private byte[] copied = NOTHING;

    private int count;

    /** What follows mostly comes of so many of these bytes, and they do not change before the next call of this or of {@link #sendTo}. */
    void mayRefer(byte[] bytes, int length) {
        copyRun();
        source = bytes;
        expected = length;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean isFirst = count == 0 && from == to;
        if (bytes == source && (isFirst || (count == 0 && offset == to))) {
            from = isFirst ? offset : from;
            to = offset + length;
        } else {
            copyRun();
            copy(bytes, offset, length);
        }
    }

    private void copyRun() {
        if (to > from) {
            copy(source, from, to - from);
            to = from;
        }
    }

    private void copy(byte[] bytes, int offset, int length) {
        if (count + length > copied.length) {
            copied = Arrays.copyOf(copied, Math.max(count + Math.max(expected, length), 2 * copied.length));
        }
        System.arraycopy(bytes, offset, copied, count, length);
        count += length;
    }

    int size() {
        return count + to - from;
    }

    /** Sends all of it in one write; nothing is ready then. */
    void sendTo(Output out) throws IOException {
        byte[] sent = count == 0 ? source : copied;
        int offset = count == 0 ? from : 0;
        int length = size();
        source = NOTHING;
        to = from;
        count = 0;
        out.write(sent, offset, length);
    }
}
