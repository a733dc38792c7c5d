package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates one deflate stream (RFC 1951), bare or in zlib's wrapping (RFC 1950), which is checked. */
final class Inflation {
    private final Inflater inflater;
    private final byte[] piece = new byte[8192];

    Inflation(boolean isBare) {
        inflater = new Inflater(isBare);
    }

    /** Returns how many of the bytes belong to the stream: fewer than were given if it ended among them. */
    int feed(byte[] coded, int offset, int length, Sink decoded) {
        inflater.setInput(coded, offset, length);
        try {
            int count;
            while ((count = inflater.inflate(piece)) > 0) {
                decoded.write(piece, 0, count);
            }
        } catch (DataFormatException e) {
            throw Unreadable.coding();
        }
        if (inflater.needsDictionary()) {
            throw Unreadable.coding();
        }
        return length - inflater.getRemaining();
    }

    boolean isFinished() {
        return inflater.finished();
    }

    /** How many bytes were decoded. */
    long decodedLength() {
        return inflater.getBytesWritten();
    }

    /** Makes it ready for another stream. */
    void reset() {
        inflater.reset();
    }

    void close() {
        inflater.end();
    }
}
