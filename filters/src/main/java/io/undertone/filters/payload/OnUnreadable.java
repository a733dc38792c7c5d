package io.undertone.filters.payload;

/** What becomes of a payload that cannot be judged. */
public enum OnUnreadable {
    /** It is not sent: a problem document stands in its place, or the stream ends. */
    WITHHOLD,
    /** It is sent if a scan of its raw bytes shows that no keyword can be in it, and withheld otherwise. */
    PASS
}
