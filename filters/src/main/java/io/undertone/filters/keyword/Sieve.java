package io.undertone.filters.keyword;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Passes over plain ASCII in which no pattern can begin, most of it unread.
 *
 * <p>Whatever is <em>m</em> bytes long or longer covers one of any bytes that stand {@code m - 3} apart, and the three
 * behind it. So it is enough to look at four bytes here and there, and to ask a table whether any pattern has them near its
 * beginning. The table costs the same for one pattern and for tens of thousands. One look at eight bytes tells, too,
 * whether there is anything in them that is not plain: an escape, a NUL, a character beyond ASCII.
 *
 * <p>Immutable; safe for any number of threads.
 */
final class Sieve {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LONGEST_GRAM = 4;

    /** Looks are no more than eight bytes apart, for one look sees no more. */
    private static final int LONGEST_BEGINNING = LONGEST_GRAM + Long.BYTES - 1;

    private static final int MOST_BITS = 20;
    private static final int SPREAD = 0x9E3779B1;
    private static final int SMALL_LETTERS = 0x20202020;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * ONES;

    private final int gramLength;
    private final int stride;
    private final int mask;
    private final int shift;
    private final long[] known;

    /** @param patterns in small letters, as far as they are ASCII; none is empty */
    Sieve(Set<String> patterns) {
        int shortest = patterns.stream()
                .filter(pattern -> plainLength(pattern) == pattern.length())
                .mapToInt(String::length)
                .reduce(LONGEST_BEGINNING, Math::min);
        gramLength = Math.min(LONGEST_GRAM, shortest);
        stride = shortest - gramLength + 1;
        mask = (int) (0xFFFFFFFFL >>> (Integer.SIZE - Byte.SIZE * gramLength));
        int grams = patterns.size() * stride;
        int bits = Math.min(MOST_BITS, 10 + Integer.SIZE - Integer.numberOfLeadingZeros(grams));
        shift = Integer.SIZE - bits;
        known = new long[1 << (bits - 6)];
        patterns.forEach(this::add);
    }

    private void add(String pattern) {
        int end = Math.min(plainLength(pattern), stride + gramLength - 1);
        for (int from = 0; from + gramLength <= end; from++) {
            int gram = 0;
            for (int i = 0; i < gramLength; i++) {
                gram |= pattern.charAt(from + i) << (Byte.SIZE * i);
            }
            int slot = slot(gram);
            known[slot >>> 6] |= 1L << slot;
        }
    }

    private static int plainLength(String pattern) {
        int length = 0;
        while (length < pattern.length() && isPlain(pattern.charAt(length))) {
            length++;
        }
        return length;
    }

    /** Whether a byte or character stands for itself alone, whatever is around it. */
    static boolean isPlain(int c) {
        return c > 0 && c < 0x80 && c != '\\';
    }

    /** How far a look reaches back: a pattern that a look finds begins fewer bytes before it. */
    int stride() {
        return stride;
    }

    /** How many bytes a look must find plain. */
    int gramLength() {
        return gramLength;
    }

    /**
     * Looks from an index on until something is found.
     *
     * @return the index of the look that found something that a pattern has, or something that is not plain, or the end; no
     *     pattern begins {@link #stride} or more bytes before it
     */
    int pass(byte[] bytes, int from, int to) {
        int last = Math.min(to - gramLength, bytes.length - Long.BYTES);
        int at = from;
        while (at <= last) {
            long eight = (long) LONGS.get(bytes, at);
            long special = special(eight);
            int plain = Long.numberOfTrailingZeros(special) / Byte.SIZE;
            if (plain < gramLength || isKnown((int) eight)) {
                return at;
            }
            if (special != 0 && plain - gramLength < stride) {
                return at + plain - gramLength + 1;
            }
            at += stride;
        }
        return at;
    }

    /** The lowest bit that is set is in the first byte that is not plain. */
    private static long special(long eight) {
        long backslash = eight ^ BACKSLASHES;
        return (((eight - ONES) & ~eight) | ((backslash - ONES) & ~backslash) | eight) & HIGHS;
    }

    private boolean isKnown(int gram) {
        int slot = slot(gram);
        return ((known[slot >>> 6] >>> slot) & 1) != 0;
    }

    private int slot(int gram) {
        return (((gram | SMALL_LETTERS) & mask) * SPREAD) >>> shift;
    }
}
