package io.undertone.filters.keyword;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Texts that matter only where nothing stands before or behind them. Immutable. */
final class Wholes {
    private final Set<String> texts;
    /** A bit for each of their lengths; the last stands for all longer ones, too. */
    private final long lengths;

    /** @param texts in small letters; those beyond ASCII are no plain text, and never found */
    Wholes(Set<String> texts) {
        this.texts = Set.copyOf(texts);
        this.lengths = texts.stream().mapToLong(text -> bit(text.length())).reduce(0, (some, more) -> some | more);
    }

    private static long bit(int length) {
        return 1L << Math.min(length, Long.SIZE - 1);
    }

    /** The length of the shortest. */
    int shortest() {
        return Long.numberOfTrailingZeros(lengths);
    }

    /** Whether a plain text is one of them, in any case. */
    boolean has(byte[] bytes, int from, int to) {
        return (lengths & bit(to - from)) != 0
                && texts.contains(
                        new String(bytes, from, to - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }
}
