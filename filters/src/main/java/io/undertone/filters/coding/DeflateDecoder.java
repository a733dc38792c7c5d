package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is called {@code deflate}: zlib (RFC 1950) as RFC 9110 section 8.4.1.2 has it, or the bare stream (RFC 1951)
 * that some servers send instead.
 */
final class DeflateDecoder implements Decoder {
    private @Nullable Inflation inflation;

    @Override
    public void feed(byte[] coded, int offset, int length, Sink decoded) {
        if (length == 0) {
            return;
        }
        Inflation current = inflation;
        if (current == null) {
            current = new Inflation(!beginsZlib(coded[offset]));
            inflation = current;
        }
        if (current.isFinished() || current.feed(coded, offset, length, decoded) < length) {
            throw Unreadable.coding();
        }
    }

    /** One byte tells: a bare stream that began so would be a stored block whose padding is not zero. */
    private static boolean beginsZlib(byte first) {
        return (first & 0x0f) == 8;
    }

    @Override
    public void end() {
        if (inflation != null && !inflation.isFinished()) {
            throw Unreadable.coding();
        }
    }

    @Override
    public void close() {
        if (inflation != null) {
            inflation.close();
        }
    }
}
