package io.undertone.filters.payload;

/** Takes a payload apart as its framing has it, and judges the parts. For one payload and one thread. */
interface Codec {
    /**
     * Takes more of the payload and sends what of it is judged.
     *
     * @throws UnreadablePayloadException if it cannot be judged; what was sent before was
     */
    void feed(byte[] bytes, int offset, int length, Sink out);

    /**
     * No more comes.
     *
     * @throws UnreadablePayloadException if what came is no whole payload
     */
    void end(Sink out);

    /** Hands over what was taken and neither sent nor cut. */
    void giveBack(Sink rest);
}
