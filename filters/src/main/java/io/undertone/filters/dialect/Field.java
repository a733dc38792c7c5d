package io.undertone.filters.dialect;

/** What stands at a place of a message. A string at a place that a dialect does not name is text. */
public enum Field {
    /** The kind of participant that sent it. */
    KIND,
    /** The sender's nickname; judged as text, too. */
    NICKNAME,
    /** The sender's id in the session. */
    PARTICIPANT,
    /** The message's number in the transcript. */
    POSITION,
    /** What sort of event it is. */
    TYPE,
    /** The words themselves; judged. */
    TEXT,
    /** Anything else that the chat system, not a person, writes there; not judged. */
    STRUCTURE
}
