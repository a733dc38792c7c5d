package io.undertone.filters.dialect;

/** What stands at a place of a document, outside its messages. */
public enum Place {
    /** An array whose elements are messages. */
    MESSAGES,
    /** An array whose elements are messages that clients count. */
    ROWS,
    /** The chat session's id: never judged, and named in events. */
    CHAT_ID,
    /** A field of the session that is never judged and never changed. */
    SESSION,
    /** Words for a person to read that are no message's, such as an error's; those with a keyword are emptied. */
    WORDS
}
