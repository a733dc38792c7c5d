package io.undertone.filters.payload;

/**
 * The innermost array of objects or arrays that a run of {@link JsonRunner} is in. Where it stops because something could be
 * hidden, nothing could be in the elements before the last one, and whoever reads the document then need not read them.
 */
final class OpenList {
    private int level = JsonRunner.NO_LEVEL;
    private int start;
    private int last;

    /** An element begins, in an array so deep. */
    void element(int arrayLevel, int at, boolean isFirst) {
        if (isFirst) {
            level = arrayLevel;
            start = at;
        }
        if (arrayLevel == level) {
            last = at;
        }
    }

    /** An object or array is over, and so many levels are still open. */
    void closed(int openLevels) {
        if (openLevels < level) {
            forget();
        }
    }

    /** Its bytes are no longer there. */
    void forget() {
        level = JsonRunner.NO_LEVEL;
    }

    /** Where the last element begins, of a list whose first one begins there and is another one; else the same place. */
    int lastOf(int first) {
        return level != JsonRunner.NO_LEVEL && first == start ? last : first;
    }
}
