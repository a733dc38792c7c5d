package io.undertone.filters.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A member of a JSON object that says that a chat ended, as it stands in the bytes of a payload. Its name is looked for in its
 * quotes, which within a string would be escaped: nobody's words are taken for it. Immutable.
 */
public final class EndSign {
    /** More white space than anybody writes between a name and its value. */
    private static final int MOST_SPACE = 16;

    private final byte[] name;
    private final byte[] value;

    /** How far to go on from a place whose last byte is that one (Horspool's search). */
    private final int[] skips = new int[256];

    /** @param value as JSON */
    EndSign(String name, String value) {
        this.name = ('"' + name + '"').getBytes(UTF_8);
        this.value = value.getBytes(UTF_8);
        Arrays.fill(skips, this.name.length);
        for (int at = 0; at < this.name.length - 1; at++) {
            skips[this.name[at] & 0xff] = this.name.length - 1 - at;
        }
    }

    /** Whether it stands whole in these bytes. */
    public boolean isIn(byte[] bytes, int from, int to) {
        for (int at = from; at + name.length <= to; at += skips[bytes[at + name.length - 1] & 0xff]) {
            int end = at + name.length;
            // The last byte of a name alone is common: it is a quote.
            if (bytes[end - 2] == name[name.length - 2]
                    && Arrays.equals(name, 0, name.length, bytes, at, end)
                    && isFollowed(bytes, end, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFollowed(byte[] bytes, int from, int to) {
        int colon = pastSpace(bytes, from, to);
        if (colon == to || bytes[colon] != ':') {
            return false;
        }
        int at = pastSpace(bytes, colon + 1, to);
        return to - at >= value.length && Arrays.equals(value, 0, value.length, bytes, at, at + value.length);
    }

    private static int pastSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** The most bytes that it takes, in all spellings that are looked for. */
    public int longest() {
        return name.length + 1 + MOST_SPACE + value.length;
    }
}
