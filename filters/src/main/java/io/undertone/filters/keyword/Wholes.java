package io.undertone.filters.keyword;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Texts that matter only where nothing stands before or behind them. Immutable. */
final class Wholes {
    private static final int TO_SMALL = 'a' - 'A';

    private final List<byte[]> texts;

    /** For each length a bit for every letter that one so long begins with, which is the same bit for the capital. */
    private final int[] beginnings;

    /** @param texts in small letters; those beyond ASCII are no plain text, and never found */
    Wholes(Set<String> texts) {
        this.texts = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparing(text -> text.length))
                .toList();
        int longest = this.texts.isEmpty() ? 0 : this.texts.get(this.texts.size() - 1).length;
        beginnings = new int[longest + 1];
        this.texts.forEach(text -> beginnings[text.length] |= 1 << text[0]);
    }

    /** The length of the shortest. */
    int shortest() {
        return texts.isEmpty() ? Integer.MAX_VALUE : texts.get(0).length;
    }

    /** Whether a plain text is one of them, in any case. */
    boolean has(byte[] bytes, int from, int to) {
        int length = to - from;
        return length < beginnings.length
                && length > 0
                && ((beginnings[length] >>> bytes[from]) & 1) != 0
                && isAny(bytes, from, length);
    }

    private boolean isAny(byte[] bytes, int from, int length) {
        for (byte[] text : texts) {
            if (text.length == length && isSame(text, bytes, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(byte[] text, byte[] bytes, int from) {
        int at = 0;
        while (at < text.length && text[at] == small(bytes[from + at])) {
            at++;
        }
        return at == text.length;
    }

    private static int small(byte b) {
        return b >= 'A' && b <= 'Z' ? b + TO_SMALL : b;
    }
}
