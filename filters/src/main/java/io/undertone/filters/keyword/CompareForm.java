package io.undertone.filters.keyword;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form of a text in which two texts are equal exactly if a {@link Compare} holds them equal.
 *
 * <p>Each form is idempotent, and a text and its form may differ in length, so nothing here speaks of indexes into the
 * original.
 */
final class CompareForm {
    private static final int DOTLESS_I = 0x131;

    private CompareForm() {}

    static String of(Compare compare, String text) {
        return switch (compare) {
            case EXACT -> text;
            case CASE -> fold(text);
            case CANONICAL -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case LOOSE -> loose(text);
        };
    }

    /** What a regular expression reads: as {@link #of}, but with case left to the expression's own flag. */
    static String forPattern(Compare compare, String text) {
        return switch (compare) {
            case EXACT, CASE -> text;
            case CANONICAL -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case LOOSE ->
                Normalizer.normalize(
                        withoutIgnorables(Normalizer.normalize(text, Normalizer.Form.NFKC)), Normalizer.Form.NFKC);
        };
    }

    /** The loose form, Unicode's NFKC_Casefold. */
    static String loose(String text) {
        if (isAscii(text)) {
            return asciiLowerCase(text);
        }
        // Folding can bring forth characters that compose or decompose, and dropping one can make two neighbours that
        // do.
        String before = text;
        while (true) {
            String after = Normalizer.normalize(
                    withoutIgnorables(fold(Normalizer.normalize(before, Normalizer.Form.NFKC))), Normalizer.Form.NFKC);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
    }

    /** Full case folding, which the JDK does not offer by that name. */
    private static String fold(String text) {
        if (isAscii(text)) {
            return asciiLowerCase(text);
        }
        StringBuilder folded = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(codePoint -> fold(codePoint, folded));
        return folded.toString();
    }

    /**
     * Lower, upper and lower again reaches one spelling from every member of a full case folding class: the capital sharp
     * s becomes "ss" only by way of its small letter. The dotless i is the one letter that Unicode keeps apart and this
     * round trip does not. Letter by letter, because the JDK lower-cases a whole text with regard to final sigma.
     */
    private static void fold(int codePoint, StringBuilder to) {
        if (codePoint < 0x80) {
            to.append((char) asciiLowerCase(codePoint));
        } else if (codePoint == DOTLESS_I) {
            to.appendCodePoint(codePoint);
        } else {
            to.append(Character.toString(codePoint)
                    .toLowerCase(Locale.ROOT)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT));
        }
    }

    private static String withoutIgnorables(String text) {
        if (text.codePoints().noneMatch(CompareForm::isIgnorable)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(codePoint -> !isIgnorable(codePoint)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Unicode's Default_Ignorable_Code_Point: soft hyphen, zero-width characters, variation selectors and their like. */
    static boolean isIgnorable(int c) {
        if (c < 0x34F) {
            return c == 0xAD;
        }
        return c == 0x34F
                || c == 0x61C
                || c == 0x3164
                || c == 0xFEFF
                || c == 0xFFA0
                || within(c, 0x115F, 0x1160)
                || within(c, 0x17B4, 0x17B5)
                || within(c, 0x180B, 0x180F)
                || within(c, 0x200B, 0x200F)
                || within(c, 0x202A, 0x202E)
                || within(c, 0x2060, 0x206F)
                || within(c, 0xFE00, 0xFE0F)
                || within(c, 0xFFF0, 0xFFF8)
                || within(c, 0x1BCA0, 0x1BCA3)
                || within(c, 0x1D173, 0x1D17A)
                || within(c, 0xE0000, 0xE0FFF);
    }

    private static boolean within(int c, int first, int last) {
        return c >= first && c <= last;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String asciiLowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int asciiLowerCase(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
