package io.undertone.filters.payload;

/** Which of the levels that are open in a document are objects: a bit for each. */
final class Nesting {
    /** Deeper than any chat, and far from what would hurt. */
    static final int MAX_DEPTH = 500;

    private final long[] objects = new long[MAX_DEPTH / Long.SIZE + 1];

    boolean isObject(int level) {
        return ((objects[level >> 6] >>> level) & 1) != 0;
    }

    void set(int level, boolean isObject) {
        long bit = 1L << level;
        objects[level >> 6] = isObject ? objects[level >> 6] | bit : objects[level >> 6] & ~bit;
    }
}
