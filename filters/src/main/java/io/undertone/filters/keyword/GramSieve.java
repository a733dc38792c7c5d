package io.undertone.filters.keyword;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Whatever is <em>m</em> characters long or longer covers one of any characters that stand {@code m - 3} apart, and the
 * three behind it. So it is enough to look at four characters (a gram) here and there, and to ask a table whether any
 * pattern has them near its beginning. The table costs the same for one pattern and for tens of thousands.
 */
final class GramSieve extends Sieve {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LONGEST_GRAM = 4;

    /** Looks are no more than eight bytes apart: a longer pattern is found by its beginning. */
    private static final int LONGEST_BEGINNING = LONGEST_GRAM + Long.BYTES - 1;

    /** So that hardly any look at an ordinary text finds the bit of a short list set. */
    private static final int LEAST_WORDS = 256;

    private static final int MOST_WORDS = 1 << 15;
    private static final int SPREAD = 0x9E3779B1;
    private static final int SMALL_LETTERS = 0x20202020;

    private final int gramLength;
    private final int stride;
    private final int mask;
    private final int shift;

    /** Each gram of a pattern has set a bit in the word that its hash names. */
    private final long[] known;

    /** @param patterns in small letters; none is empty */
    GramSieve(Set<String> patterns) {
        int shortest = patterns.stream()
                .filter(pattern -> plainLength(pattern) == pattern.length())
                .mapToInt(String::length)
                .reduce(LONGEST_BEGINNING, Math::min);
        gramLength = Math.min(LONGEST_GRAM, shortest);
        stride = shortest - gramLength + 1;
        mask = (int) (0xFFFFFFFFL >>> (Integer.SIZE - Byte.SIZE * gramLength));
        int words = Math.min(MOST_WORDS, Integer.highestOneBit(LEAST_WORDS + patterns.size() * stride));
        known = new long[words];
        shift = Integer.SIZE - Integer.numberOfTrailingZeros(words);
        for (String pattern : patterns) {
            int end = Math.min(plainLength(pattern), stride + gramLength - 1);
            for (int from = 0; from + gramLength <= end; from++) {
                int hash = hash(gram(pattern, from));
                known[hash >>> shift] |= 1L << (hash >>> 6);
            }
        }
    }

    private int gram(String text, int from) {
        int gram = 0;
        for (int i = 0; i < gramLength; i++) {
            gram |= text.charAt(from + i) << (Byte.SIZE * i);
        }
        return gram;
    }

    @Override
    int shortest() {
        return stride + gramLength - 1;
    }

    @Override
    int lookLength() {
        return gramLength;
    }

    @Override
    int reach() {
        return stride;
    }

    @Override
    int pass(byte[] bytes, int from, int to) {
        int last = Math.min(to - gramLength, bytes.length - Integer.BYTES);
        int at = from;
        while (at <= last && !isKnown((int) INTS.get(bytes, at))) {
            at += stride;
        }
        return at;
    }

    private boolean isKnown(int gram) {
        int hash = hash(gram);
        return ((known[hash >>> shift] >>> (hash >>> 6)) & 1) != 0;
    }

    private int hash(int gram) {
        return ((gram | SMALL_LETTERS) & mask) * SPREAD;
    }
}
