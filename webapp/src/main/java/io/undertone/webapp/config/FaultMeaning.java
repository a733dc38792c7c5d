package io.undertone.webapp.config;

/** What a chat server's fault code says of the session. */
public enum FaultMeaning {
    /** The server does not know the session. The only meaning that can stop a chat. */
    GONE,
    /** The server has the session, and refused no more than the message. */
    ALIVE,
    /** Nothing. */
    UNKNOWN
}
