package io.undertone.filters.payload;

/** How a message is kept from an audience; it follows from where the message stands. */
public enum Hiding {
    /** It is taken out of its list. */
    REMOVED,
    /** A harmless row stands in its place, because clients count rows. */
    REPLACED,
    /** It has to arrive: those of its words that carry a keyword are empty. */
    EMPTIED,
    /** It was the whole document, and all of it is left out. */
    DROPPED,
    /** It was the whole document, and a reply cannot be nothing: the payload counts as unreadable. */
    WITHHELD
}
