package io.undertone.filters.dialect;

/** How a value is coded inside its JSON string. */
public enum Decoding {
    /** The string is a JSON document; its members are addressed as if they stood in the string's place. */
    JSON,
    /** Percent-encoded, with + for a space. */
    URL,
    /** With character references, as in HTML. */
    HTML
}
