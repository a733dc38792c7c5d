package io.undertone.filters.keyword;

/** How loosely the characters of a keyword and of a message are compared. */
public enum Compare {
    /** Code point for code point. */
    EXACT,
    /** Full case folding. */
    CASE,
    /** Canonical equivalence (NFC): a letter and its mark equal the composed letter. */
    CANONICAL,
    /** The default: compatibility forms (NFKC), full case folding, and characters that nobody sees dropped. */
    LOOSE
}
