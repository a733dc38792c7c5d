package io.undertone.server.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chat as the queue knows it. It outlives the crash of its chat server: nobody is left who could set it offline.
 *
 * @param chatServer the application that owns the session
 * @param chatServerPort where desktops would join
 * @param attached the customer's own data
 */
record Interaction(
        String id,
        String chatServer,
        String chatServerPort,
        Map<String, String> attached,
        Instant submittedAt,
        boolean online,
        State state) {

    enum State {
        QUEUED,
        /** An agent has it on the desktop. */
        ASSIGNED,
        /** The session finished. */
        DONE
    }

    Interaction {
        attached = Map.copyOf(attached);
    }

    static Interaction submitted(String chatServer, String port, Map<String, String> attached, Instant at) {
        return new Interaction(Ids.interactionId(), chatServer, port, attached, at, true, State.QUEUED);
    }

    Interaction with(boolean newOnline, State newState) {
        return new Interaction(id, chatServer, chatServerPort, attached, submittedAt, newOnline, newState);
    }

    Interaction ownedBy(String newChatServer, String newPort) {
        return new Interaction(id, newChatServer, newPort, attached, submittedAt, online, state);
    }

    Interaction attach(Map<String, String> more) {
        Map<String, String> both = new LinkedHashMap<>(attached);
        both.putAll(more);
        return new Interaction(id, chatServer, chatServerPort, both, submittedAt, online, state);
    }

    /** The user data as a workflow reads it, all strings. The system's keys win over whatever a customer attached. */
    Map<String, String> userData() {
        Map<String, String> data = new LinkedHashMap<>(attached);
        data.put("InteractionId", id);
        data.put("ChatServerAppName", chatServer);
        data.put("ChatServerHost", "localhost");
        data.put("ChatServerPort", chatServerPort);
        data.put("IsOnline", online ? "1" : "0");
        return data;
    }
}
