package io.undertone.filters.coding;

import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;

/**
 * How far one body may grow when it is decoded. It is judged in bounded memory whatever its size, so this only bounds the
 * work that a few coded bytes can make: the bytes that leave each decoder are counted, those between two codings as well.
 *
 * <p>The first 64 MiB are free, a fraction of a second's work. Beyond, one coded byte may make 400 on the whole. Transcripts
 * shrink to a tenth or a fiftieth, and even one message sent again and again to no less than a 350th by deflate, where
 * a repetition of 33 bytes and more costs at least 6 bits for every 258. Only runs of a few characters, which no
 * chat sends by the hundred megabytes, get to deflate's 1032, and to the millions that brotli and Zstandard reach. There is no
 * limit to the whole: an event stream may go on for ever.
 */
final class Expansion {
    static final long FREE = 64L << 20;
    static final long RATIO = 400;

    private long coded;
    private long decoded;

    void addCoded(int count) {
        coded += count;
    }

    void addDecoded(int count) {
        decoded += count;
        if (decoded > FREE + RATIO * coded) {
            throw new UnreadablePayloadException(UnreadableReason.DECODES_TOO_LARGE);
        }
    }
}
