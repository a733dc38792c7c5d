package io.undertone.filters.keyword;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds every occurrence of many texts in one pass over code points (Aho and Corasick, 1975), so that ten thousand
 * keywords cost what one costs. Immutable once built.
 */
final class Automaton {
    /** Hears of an occurrence. */
    interface Occurrences {
        /** The pattern of that number stands at {@code [start, end)}, in UTF-16 units of the text searched. */
        void found(int pattern, int start, int end);
    }

    private static final int ROOT = 0;
    private static final int NONE = -1;

    private final Edges edges = new Edges();
    private int states = 1;
    private int[] failure;
    /** For each state a pattern that ends there, or NONE; more of them hang on {@link #alsoEnding}. */
    private int[] ending;
    /** The next shorter state on the failure chain at which something ends. */
    private int[] shorterEnding;
    /** A further pattern of the same text. */
    private final int[] alsoEnding;

    private final int[] lengths;

    Automaton(List<String> patterns) {
        int capacity = 1 + patterns.stream().mapToInt(String::length).sum();
        failure = new int[capacity];
        ending = new int[capacity];
        shorterEnding = new int[capacity];
        alsoEnding = new int[patterns.size()];
        lengths = patterns.stream().mapToInt(String::length).toArray();
        Arrays.fill(ending, NONE);
        Arrays.fill(shorterEnding, NONE);
        List<List<int[]>> children = new ArrayList<>();
        children.add(new ArrayList<>());
        for (int pattern = 0; pattern < patterns.size(); pattern++) {
            add(pattern, patterns.get(pattern), children);
        }
        linkFailures(children);
        failure = Arrays.copyOf(failure, states);
        ending = Arrays.copyOf(ending, states);
        shorterEnding = Arrays.copyOf(shorterEnding, states);
    }

    private void add(int pattern, String text, List<List<int[]>> children) {
        int state = ROOT;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int next = edges.get(state, codePoint);
            if (next == NONE) {
                next = states++;
                edges.put(state, codePoint, next);
                children.get(state).add(new int[] {codePoint, next});
                children.add(new ArrayList<>(1));
            }
            state = next;
        }
        alsoEnding[pattern] = ending[state];
        ending[state] = pattern;
    }

    private void linkFailures(List<List<int[]>> children) {
        ArrayDeque<Integer> breadthFirst = new ArrayDeque<>();
        breadthFirst.add(ROOT);
        while (!breadthFirst.isEmpty()) {
            int state = breadthFirst.remove();
            for (int[] edge : children.get(state)) {
                int child = edge[1];
                failure[child] = state == ROOT ? ROOT : step(failure[state], edge[0]);
                int shorter = failure[child];
                shorterEnding[child] = ending[shorter] != NONE ? shorter : shorterEnding[shorter];
                breadthFirst.add(child);
            }
        }
    }

    private int step(int state, int codePoint) {
        while (true) {
            int next = edges.get(state, codePoint);
            if (next != NONE) {
                return next;
            }
            if (state == ROOT) {
                return ROOT;
            }
            state = failure[state];
        }
    }

    /** Reports every occurrence, in order of its end. */
    void search(String text, Occurrences occurrences) {
        int state = ROOT;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            state = step(state, codePoint);
            for (int at = ending[state] != NONE ? state : shorterEnding[state]; at != NONE; at = shorterEnding[at]) {
                for (int pattern = ending[at]; pattern != NONE; pattern = alsoEnding[pattern]) {
                    occurrences.found(pattern, i - lengths[pattern], i);
                }
            }
        }
    }

    /** State and code point to next state: an open hash of primitives, since a keyword list makes millions of look-ups. */
    private static final class Edges {
        private long[] keys = new long[64];
        private int[] values = new int[64];
        private int size;

        int get(int state, int codePoint) {
            long key = key(state, codePoint);
            int slot = slot(key);
            while (keys[slot] != 0) {
                if (keys[slot] == key) {
                    return values[slot];
                }
                slot = (slot + 1) & (keys.length - 1);
            }
            return NONE;
        }

        void put(int state, int codePoint, int next) {
            if (++size > keys.length / 2) {
                grow();
            }
            insert(key(state, codePoint), next);
        }

        private void insert(long key, int next) {
            int slot = slot(key);
            while (keys[slot] != 0) {
                slot = (slot + 1) & (keys.length - 1);
            }
            keys[slot] = key;
            values[slot] = next;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldValues = values;
            keys = new long[oldKeys.length * 2];
            values = new int[oldKeys.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != 0) {
                    insert(oldKeys[i], oldValues[i]);
                }
            }
        }

        /** Never 0, which marks a free slot. */
        private static long key(int state, int codePoint) {
            return (((long) state << 21) | codePoint) + 1;
        }

        private int slot(long key) {
            long mixed = key * 0x9E3779B97F4A7C15L;
            return (int) (mixed >>> 40) & (keys.length - 1);
        }
    }
}
