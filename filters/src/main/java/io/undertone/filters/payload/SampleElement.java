package io.undertone.filters.payload;

import java.util.Arrays;

/**
 * An element of an array that was read token by token, and stands for those behind it: they mostly have other values
 * between the same names. What is the same byte for byte reads the same, so of them only the values that differ are read.
 */
final class SampleElement {
    /** More than a chat's message has. Behind the last of them an element has to be the same. */
    private static final int MOST_VALUES = 32;

    private static final int NO_LEVEL = -1;
    private static final int[] NONE = {};

    /** Where its strings, numbers and words stand, in order. */
    private int[] starts = NONE;

    private int[] ends = NONE;
    private int count;

    /** How many levels are open around it. */
    private int level = NO_LEVEL;

    private int start;
    /** Its start for as long as it is being read. */
    private int end;

    /** An element that is an object or array begins, in an array so deep. */
    void begin(int arrayLevel, int at) {
        level = arrayLevel;
        start = at;
        end = at;
        count = 0;
    }

    /** A string, number or word was read. */
    void value(int from, int to) {
        if (level == NO_LEVEL || end > start || count == MOST_VALUES) {
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, MOST_VALUES);
            ends = Arrays.copyOf(ends, MOST_VALUES);
        }
        starts[count] = from;
        ends[count++] = to;
    }

    /**
     * An object or array is over, and so many levels are still open.
     *
     * @param isHarmless whether it can stand for others
     */
    void closed(int openLevels, int to, boolean isHarmless) {
        if (openLevels == level && end == start) {
            end = to;
            if (!isHarmless) {
                forget();
            }
        }
    }

    /** Its bytes are no longer there. */
    void forget() {
        level = NO_LEVEL;
    }

    /** Another run begins. */
    void keepIf(boolean isStillHarmless) {
        if (!isStillHarmless || end == start) {
            forget();
        }
    }

    /**
     * Reads an element of an array as deep.
     *
     * @param values reads the values that differ
     * @return its end, or {@link JsonRunner#NOWHERE} if it is not like the sample, or not whole
     * @throws UnreadablePayloadException if a value is none
     */
    int endOfLike(JsonRunner values, int arrayLevel, byte[] bytes, int from, int limit) {
        if (arrayLevel != level || end == start) {
            return JsonRunner.NOWHERE;
        }
        int at = from;
        int sampleAt = start;
        int value = 0;
        while (true) {
            int same = JsonBytes.same(bytes, sampleAt, at, Math.min(end - sampleAt, limit - at));
            int differs = sampleAt + same;
            if (differs == end) {
                return at + same;
            }
            while (value < count && ends[value] < differs) {
                value++;
            }
            if (value == count || starts[value] > differs) {
                return JsonRunner.NOWHERE;
            }
            at = values.valueEnd(bytes, at + starts[value] - sampleAt, limit);
            if (at == JsonRunner.NOWHERE) {
                return JsonRunner.NOWHERE;
            }
            sampleAt = ends[value++];
        }
    }
}
