package io.undertone.filters.payload;

/** Where judged bytes go. */
@FunctionalInterface
public interface Sink {
    /** Takes bytes; they are the sink's only until it returns. */
    void write(byte[] bytes, int offset, int length);
}
