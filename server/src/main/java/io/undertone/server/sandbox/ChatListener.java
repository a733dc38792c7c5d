package io.undertone.server.sandbox;

import java.util.List;

/** Is told what happens in a chat session, under the session's lock: it has to be quick. */
interface ChatListener {

    /** First everything from the asked position on, which may be nothing, then each new event as it happens. */
    void heard(List<ChatEvent> events);

    /** The session has ended or is lost; nothing more will be heard. */
    default void over() {}
}
