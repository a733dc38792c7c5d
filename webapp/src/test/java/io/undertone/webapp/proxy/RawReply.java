package io.undertone.webapp.proxy;

import java.io.IOException;

/** One reply of an upstream that keeps to no rules, in whichever version of HTTP. */
interface RawReply {
    /** What is done with one reply; the connection may be closed behind it. */
    @FunctionalInterface
    interface Manners {
        void with(RawReply reply) throws IOException, InterruptedException;
    }

    /** A length that is not said beforehand. */
    int UNSAID = -1;

    /** Sends the head of a reply that is said to have a body of that many bytes. */
    void begin(int length) throws IOException;

    /** Sends a piece of the body. */
    void write(String text) throws IOException;

    /** Says that this is all of it. */
    void end() throws IOException;

    /** Says that there will be no more of it. */
    void reset() throws IOException;

    /** Closes the connection without a word. */
    void hangUp() throws IOException;
}
