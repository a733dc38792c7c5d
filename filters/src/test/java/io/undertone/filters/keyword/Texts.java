package io.undertone.filters.keyword;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts in which everything that can go wrong with Unicode is near. */
public final class Texts {
    /** Capitals, marks, compositions, compatibility forms, ignorables, Hangul, halves of pairs' worth of planes. */
    private static final String[] PIECES = {
        "a", "A", "b", "e", "E", "i", "I", "k", "s", "S", "t", "u", "n", "#", "/", "\"", "\\", "\n", " ", "0", "ä", "Ä",
        "é", "É", "ế", "ß", "ẞ", "ı", "İ", "ſ", "ﬁ", "ﬀ", "Ａ", "ａ", "＃", "𝐚", "𝓤", "K", "Å", "ª", "ᾳ", "ι", "α", "ά",
        "ς", "σ", "Σ", "\u0301", "\u0302", "\u0323", "\u0327", "\u0307", "\u0345", "\u00AD", "\u200B", "\u200D",
        "\uFE0F", "\u034F", "\uFEFF", "ж", "Ж", "й", "Й", "カ", "ガ", "ｶ", "ﾞ", "\u3099", "漢", "가", "ᄀ", "ᅡ", "각", "ᆨ",
        "😀", "👍🏽", "Ⅷ", "①", "½", "ǰ", "ŉ", "ΐ", "𐐀", "𐐨"
    };

    private Texts() {}

    /** Up to that many pieces. */
    public static Arbitrary<String> tricky(int most) {
        return Arbitraries.of(PIECES).list().ofMaxSize(most).map(pieces -> String.join("", pieces));
    }

    /** One piece at least. */
    public static Arbitrary<String> trickyWord(int most) {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(most).map(pieces -> String.join("", pieces));
    }
}
