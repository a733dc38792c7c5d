package io.undertone.filters.payload;

/** How a payload is framed, as far as it is known before its first byte. */
public enum PayloadType {
    /** One JSON document. */
    JSON,
    /** A JSON document a line. */
    JSON_LINES,
    /** Server-sent events. */
    EVENT_STREAM,
    /** A JSON document in the call of a JavaScript function. */
    JSONP,
    /** A message of a WebSocket: one JSON document, which can be dropped whole. */
    FRAME,
    /** It says something else, or nothing: judged as JSON if it begins like it, and let through unless a keyword may be in it. */
    UNKNOWN
}
