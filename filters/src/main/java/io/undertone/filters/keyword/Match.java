package io.undertone.filters.keyword;

/** Where in a field of a message a keyword has to stand. */
public enum Match {
    /** Anywhere. */
    CONTAINS,
    /** At the beginning. */
    PREFIX,
    /** Anywhere, with no letter, digit or mark touching it on either side. */
    WORD,
    /** The whole field. */
    EXACT,
    /** The text is a regular expression in RE2 syntax, found anywhere; it runs in linear time. */
    REGEX
}
