package io.undertone.filters.keyword;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * For patterns that have a sign each, as {@code #coach#} has: where there is none of their signs there is no pattern. Few
 * texts have one, so it takes next to nothing to look at every byte.
 */
final class SignSieve extends Sieve {
    /** What is rare in what people write, and in names and numbers. */
    private static final String SIGNS = "#$%&*+/<=>@[]^`{|}~!;";

    private final long ones;
    private final long others;
    private final int reach;
    private final int shortest;

    private SignSieve(char one, char other, Set<String> patterns) {
        ones = one * ONES;
        others = other * ONES;
        reach = patterns.stream()
                .mapToInt(pattern -> 1 + firstOf(one, other, pattern))
                .max()
                .orElse(1);
        shortest = patterns.stream().mapToInt(String::length).min().orElse(1);
    }

    /** A sieve for patterns that have one of two signs, empty where no two signs are in all of them. */
    static Optional<Sieve> covering(Set<String> patterns) {
        return IntStream.range(0, SIGNS.length() * SIGNS.length())
                .filter(pair -> pair / SIGNS.length() <= pair % SIGNS.length())
                .mapToObj(pair -> new char[] {SIGNS.charAt(pair / SIGNS.length()), SIGNS.charAt(pair % SIGNS.length())})
                .filter(pair -> patterns.stream()
                        .allMatch(pattern -> firstOf(pair[0], pair[1], pattern) < plainLength(pattern)))
                .findFirst()
                .map(pair -> new SignSieve(pair[0], pair[1], patterns));
    }

    /** Where a pattern has the first of two signs; its length where it has none. */
    private static int firstOf(char one, char other, String pattern) {
        int at = 0;
        while (at < pattern.length() && pattern.charAt(at) != one && pattern.charAt(at) != other) {
            at++;
        }
        return at;
    }

    @Override
    int shortest() {
        return shortest;
    }

    @Override
    int lookLength() {
        return 1;
    }

    @Override
    int reach() {
        return reach;
    }

    @Override
    int pass(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = eight(bytes, at);
            long found = zeros(eight ^ ones) | zeros(eight ^ others);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != (byte) ones && bytes[at] != (byte) others) {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set is in the first byte that is zero; higher ones may be wrong. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHS;
    }
}
