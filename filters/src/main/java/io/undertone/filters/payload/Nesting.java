package io.undertone.filters.payload;

/** Which of the levels that are open in a document are objects: a bit for each. */
final class Nesting {
    /** Deeper than any chat, and far from what would hurt. */
    static final int MAX_DEPTH = 500;

    private static final long[] NONE = {};

    /** Of the first 64 levels, which are all that most documents have. */
    private long outer;

    private long[] inner = NONE;

    boolean isObject(int level) {
        return (((level < Long.SIZE ? outer : inner[level / Long.SIZE]) >>> level) & 1) != 0;
    }

    void set(int level, boolean isObject) {
        if (level < Long.SIZE) {
            outer = with(outer, level, isObject);
            return;
        }
        if (inner == NONE) {
            inner = new long[MAX_DEPTH / Long.SIZE + 1];
        }
        inner[level / Long.SIZE] = with(inner[level / Long.SIZE], level, isObject);
    }

    private static long with(long levels, int level, boolean isObject) {
        long bit = 1L << level;
        return isObject ? levels | bit : levels & ~bit;
    }
}
