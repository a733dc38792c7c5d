package io.undertone.filters.payload;

import io.undertone.filters.keyword.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What the bytes of JSON's strings and numbers may be. */
final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = ' ' * ONES;
    private static final long ZEROS = '0' * ONES;
    /** Added to a digit's value it leaves the highest bit unset, and to anything above sets it. */
    private static final long BEYOND_NINE = (0x7F - 9) * ONES;

    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final long FALSE = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24 | (long) 'e' << 32;
    private static final long FIVE = 0xFF_FFFFFFFFL;

    private JsonBytes() {}

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * The closing quote of a string, or where the window ends before the string does.
     *
     * @param from a byte of the string at which a character begins
     * @return the index of the quote, or that of the first byte that is not read yet, at which there is none
     * @throws UnreadablePayloadException if the bytes are no string
     */
    static int stringEnd(byte[] bytes, int from, int limit) {
        int at = plainEnd(bytes, from, limit);
        while (at < limit && bytes[at] != '"') {
            int before = at;
            while (isTwoBytes(bytes, at, limit)) {
                at += 2;
            }
            while (isThreeBytes(bytes, at, limit)) {
                at += 3;
            }
            if (at == before) {
                int length = specialLength(bytes, at, limit);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
            if (at < limit && bytes[at] >= 0) {
                at = plainEnd(bytes, at, limit);
            }
        }
        return at;
    }

    private static boolean isTwoBytes(byte[] bytes, int at, int limit) {
        return at + 1 < limit && bytes[at] >= (byte) 0xC2 && bytes[at] <= (byte) 0xDF && bytes[at + 1] <= (byte) 0xBF;
    }

    /** Whether a character of three bytes stands there, but for the lead bytes with second bytes of their own. */
    private static boolean isThreeBytes(byte[] bytes, int at, int limit) {
        return at + 2 < limit
                && bytes[at] > (byte) 0xE0
                && bytes[at] < 0
                && bytes[at] <= (byte) 0xEF
                && bytes[at] != (byte) 0xED
                && bytes[at + 1] <= (byte) 0xBF
                && bytes[at + 2] <= (byte) 0xBF;
    }

    /**
     * The first byte of a string that needs a thought: its end, an escape, a control character, or one beyond ASCII. Eight
     * bytes are looked at together.
     */
    static int plainEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long special = special((long) LONGS.get(bytes, at));
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        while (at < limit && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set is in the first byte that is not plain. */
    private static long special(long eight) {
        long quote = eight ^ QUOTES;
        long backslash = eight ^ BACKSLASHES;
        return ((eight - SPACES) | (quote - ONES) | (backslash - ONES) | eight) & HIGHS;
    }

    static boolean hasEscape(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        return at < to;
    }

    /** The length of an escape or of a character beyond ASCII, 0 if its end has not come yet. */
    static int specialLength(byte[] bytes, int at, int limit) {
        byte lead = bytes[at];
        if (lead == '\\') {
            return escapeLength(bytes, at, limit);
        }
        JsonScanner.require(lead < 0);
        int length = Utf8.length(lead);
        if (at + length > limit) {
            return 0;
        }
        if (Utf8.decode(bytes, at, length) == Utf8.INVALID) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_UTF8);
        }
        return length;
    }

    private static int escapeLength(byte[] bytes, int at, int limit) {
        if (at + 1 == limit) {
            return 0;
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                for (int i = at + 2; i < Math.min(limit, at + 6); i++) {
                    JsonScanner.require(Character.digit(bytes[i], 16) >= 0);
                }
                return at + 6 <= limit ? 6 : 0;
            }
            default -> throw JsonScanner.notJson();
        }
    }

    /** The end of a number without fraction and exponent, or of a word; the limit where no such thing stands whole. */
    static int scalarEnd(byte[] bytes, int from, int limit) {
        int digits = bytes[from] == '-' ? from + 1 : from;
        if (digits == limit || bytes[digits] < '0' || bytes[digits] > '9') {
            return wordEnd(bytes, from, limit);
        }
        return bytes[digits] == '0' ? digits + 1 : digitsEnd(bytes, digits + 1, limit);
    }

    private static int wordEnd(byte[] bytes, int from, int limit) {
        if (from + Long.BYTES > limit) {
            return limit;
        }
        long eight = (long) LONGS.get(bytes, from);
        int four = (int) eight;
        if (four == TRUE || four == NULL) {
            return from + 4;
        }
        return (eight & FIVE) == FALSE ? from + 5 : limit;
    }

    private static int digitsEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long digits = (long) LONGS.get(bytes, at) ^ ZEROS;
            long others = ((digits + BEYOND_NINE) | digits) & HIGHS;
            if (others != 0) {
                return at + (Long.numberOfTrailingZeros(others) >>> 3);
            }
        }
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** How many bytes at two places are the same, of so many. */
    static int same(byte[] bytes, int one, int other, int length) {
        int same = 0;
        for (; same + Long.BYTES <= length; same += Long.BYTES) {
            long differing = (long) LONGS.get(bytes, one + same) ^ (long) LONGS.get(bytes, other + same);
            if (differing != 0) {
                return same + (Long.numberOfTrailingZeros(differing) >>> 3);
            }
        }
        while (same < length && bytes[one + same] == bytes[other + same]) {
            same++;
        }
        return same;
    }

    /** Whether an object or array, or white space behind it, can end so. */
    static boolean mayEndDocument(byte b) {
        return b == '}' || b == ']' || isSpace(b);
    }

    /** Whether a value is over, in the usual way. */
    static boolean endsValue(byte b) {
        return b == ',' || b == '}' || b == ']';
    }
}
