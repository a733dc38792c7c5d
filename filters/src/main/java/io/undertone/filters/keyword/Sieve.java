package io.undertone.filters.keyword;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Passes over raw bytes in which no pattern can begin, most of them unread. The patterns may have capitals there.
 *
 * <p>Immutable; safe for any number of threads.
 */
abstract sealed class Sieve permits GramSieve, SignSieve {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final long ONES = 0x0101010101010101L;
    static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * ONES;

    /** @param patterns in small letters; none is empty */
    static Sieve of(Set<String> patterns) {
        return SignSieve.covering(patterns).orElseGet(() -> new GramSieve(patterns));
    }

    /** The least that a pattern has of which every character is plain. */
    abstract int shortest();

    /** How many bytes a look compares. */
    abstract int lookLength();

    /** How far a look reaches back: a pattern that a look finds begins fewer bytes before it. */
    abstract int reach();

    /**
     * Looks from an index of plain bytes on until something is found.
     *
     * @return the index of the look that found something that a pattern has, or one too near to the end for any look; no
     *     pattern begins {@link #reach} or more bytes before it
     */
    abstract int pass(byte[] bytes, int from, int to);

    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** How many characters of a pattern are plain before the first that is not. */
    static int plainLength(String pattern) {
        int length = 0;
        while (length < pattern.length() && isPlain(pattern.charAt(length))) {
            length++;
        }
        return length;
    }

    /** Whether a byte or character stands for itself alone, whatever is around it: no escape, no NUL, no part of another. */
    private static boolean isPlain(int c) {
        return c > 0 && c < 0x80 && c != '\\';
    }

    /** The end of the plain bytes. */
    static int plainEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long special = special(eight(bytes, at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (at < to && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set is in the first byte that is not plain. */
    private static long special(long eight) {
        long backslash = eight ^ BACKSLASHES;
        return ((eight - ONES) | (backslash - ONES) | eight) & HIGHS;
    }
}
