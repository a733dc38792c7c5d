package io.undertone.filters.coding;

import io.undertone.filters.payload.Sink;

/**
 * Takes the coding off one body, piece by piece. What can be decoded of a piece is sent before {@link #feed} returns; nothing
 * waits for a thread, and memory does not grow with the body. For one thread at a time.
 */
public interface Decoder extends AutoCloseable {
    /**
     * Takes more coded bytes; they are the decoder's only until it returns.
     *
     * @throws io.undertone.filters.payload.UnreadablePayloadException if they are damaged, followed by something else, or
     *     grow beyond measure; what was sent before was decoded soundly
     */
    void feed(byte[] coded, int offset, int length, Sink decoded);

    /**
     * No more comes. A body of no bytes at all is sound: a reply to HEAD has one.
     *
     * @throws io.undertone.filters.payload.UnreadablePayloadException if the coded bytes ended in the middle
     */
    void end();

    /** Frees what the decoder holds; does no harm the second time. */
    @Override
    void close();
}
