package io.undertone.filters.payload;

/** What is known of a payload before its first byte. */
public enum PayloadType {
    /** It says that it is JSON. */
    JSON,
    /** It says something else, or nothing: judged as JSON if it begins like it, and let through unless a keyword may be in it. */
    UNKNOWN
}
