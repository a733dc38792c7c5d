package io.undertone.filters.dialect;

/** What stands at a place of a message. */
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
    /** Who may see it, in the chat system's own words; judged as text, too. */
    VISIBILITY,
    /** Any other place that holds somebody's words, such as user data, and every place that the dialect does not name; judged. */
    OTHER,
    /** Anything else that the chat system, not a person, writes there; not judged, but see {@link Dialect#vocabulary}. */
    STRUCTURE;

    /** Whether keywords are looked for there. */
    public boolean isJudged() {
        return this == NICKNAME || this == TEXT || this == VISIBILITY || this == OTHER;
    }
}
