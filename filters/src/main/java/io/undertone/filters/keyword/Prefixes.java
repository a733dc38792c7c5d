package io.undertone.filters.keyword;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The automaton of Aho and Corasick over the first characters of patterns, as a dense table over {@link CharacterClasses},
 * cut off where "perhaps" is certain. Immutable.
 */
final class Prefixes {
    /** The state before the first character. */
    static final int START = 0;
    /** The state in which a pattern was found, as far as it is known. */
    static final int PERHAPS = -1;

    /** How much of a pattern is known: more would make fewer wrong answers, and a larger table. */
    private static final int DEEPEST = 8;

    /** The largest table, in entries: what a processor's cache holds. */
    private static final int LARGEST_TABLE = 1 << 21;

    private final CharacterClasses classes;
    private final int width;
    private final int[] transitions;

    /** @param patterns none of which is empty */
    Prefixes(Set<String> patterns, CharacterClasses classes) {
        this.classes = classes;
        width = classes.count();
        transitions = transitions(patterns);
    }

    /** The state after a character of a class, which is neither ignored nor expanding. */
    int after(int state, int characterClass) {
        return transitions[state + characterClass];
    }

    /** A state goes by the index of its row. Grown level by level, so that a long list is known less deep, and not in part. */
    private int[] transitions(Set<String> patterns) {
        int[] table = new int[width];
        int end = width;
        List<int[]> growing = patterns.stream().map(this::beginning).toList();
        int[] states = new int[patterns.size()];
        for (int level = 0; level < DEEPEST; level++) {
            boolean isLast = level == DEEPEST - 1 || end + states.length * (long) width > LARGEST_TABLE;
            table = Arrays.copyOf(table, isLast ? end : end + states.length * width);
            for (int i = 0; i < states.length; i++) {
                int[] classes = growing.get(i);
                if (level < classes.length && states[i] != PERHAPS) {
                    int slot = states[i] + classes[level];
                    if (isLast || level == classes.length - 1) {
                        table[slot] = PERHAPS;
                    } else if (table[slot] == START) {
                        table[slot] = end;
                        end += width;
                    }
                    states[i] = table[slot];
                }
            }
            if (isLast) {
                break;
            }
        }
        linkFailures(table, end);
        for (int state = START; state < end; state += width) {
            table[state + CharacterClasses.COMPLEX] = PERHAPS;
        }
        return Arrays.copyOf(table, end);
    }

    private int[] beginning(String pattern) {
        return pattern.codePoints().limit(DEEPEST).map(classes::ofPattern).toArray();
    }

    private void linkFailures(int[] table, int end) {
        int[] failure = new int[end / width];
        int[] breadthFirst = new int[end / width];
        int head = 0;
        int tail = 1;
        while (head < tail) {
            int state = breadthFirst[head++];
            for (int c = 0; c < width; c++) {
                int slot = state + c;
                int child = table[slot];
                int byFailure = state == START ? START : table[failure[state / width] + c];
                if (child == START) {
                    table[slot] = byFailure;
                } else if (byFailure == PERHAPS) {
                    table[slot] = PERHAPS;
                } else if (child != PERHAPS) {
                    failure[child / width] = byFailure;
                    breadthFirst[tail++] = child;
                }
            }
        }
    }
}
