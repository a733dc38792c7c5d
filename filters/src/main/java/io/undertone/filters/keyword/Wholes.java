package io.undertone.filters.keyword;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Texts that matter only where nothing stands before or behind them. Immutable. */
final class Wholes {
    private static final int TO_SMALL = 'a' - 'A';

    private final List<byte[]> texts;

    /** @param texts in small letters; those beyond ASCII are no plain text, and never found */
    Wholes(Set<String> texts) {
        this.texts = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparing(text -> text.length))
                .toList();
    }

    /** The length of the shortest. */
    int shortest() {
        return texts.isEmpty() ? Integer.MAX_VALUE : texts.get(0).length;
    }

    /** Whether a plain text is one of them, in any case. */
    boolean has(byte[] bytes, int from, int to) {
        for (byte[] text : texts) {
            if (text.length == to - from && isSame(text, bytes, from)) {
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
