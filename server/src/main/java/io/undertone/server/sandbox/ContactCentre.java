package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * A contact centre without sockets and without haste of its own: chat servers, an interaction server and customers' seats,
 * for whoever moves its time. What it answers has the bytes that it would have on the wire. For one thread at a time.
 */
public final class ContactCentre {
    private static final int FIRST_PORT = 7160;
    private static final int FIRST_ALIAS = 117;

    private final InteractionServer interactions = new InteractionServer();
    private final List<ChatServer> chatServers = new ArrayList<>();
    private final Map<String, CustomerSeat> seats = new HashMap<>();

    /** @param chatServers the names of the applications; all of them are up */
    public ContactCentre(Clock clock, List<String> chatServers) {
        for (String name : chatServers) {
            int number = this.chatServers.size();
            ChatServer server = new ChatServer(
                    name,
                    String.valueOf(FIRST_ALIAS + number),
                    String.valueOf(FIRST_PORT + number),
                    clock,
                    interactions,
                    session -> {});
            interactions.connect(server);
            this.chatServers.add(server);
        }
    }

    /**
     * A customer opens a chat.
     *
     * @return the interaction's id
     * @throws IllegalStateException if that server is down
     */
    public String open(String chatServer, String nickname, String firstMessage) {
        ChatServer server = named(chatServer);
        ChatSession session = server.open(nickname, Map.of(), firstMessage)
                .orElseThrow(() -> new IllegalStateException(chatServer + " is down"));
        seats.put(session.interactionId(), new CustomerSeat(server, session));
        return session.interactionId();
    }

    /** What GMS answers a customer who asks for news: a reply with status 2 where the session is not there. */
    public byte[] refresh(String interactionId, int position) {
        CustomerSeat seat = seat(interactionId);
        GmsReply reply = seat.server()
                .session(interactionId)
                .map(session -> seat.reply(position))
                .orElseGet(() -> GmsReply.refused(GmsRefusal.chatGone()));
        return Json.MAPPER.writeValueAsBytes(reply);
    }

    /** A customer's web application asks a chat server to restore their session; false while that server is down. */
    public boolean restore(String interactionId, String chatServer) {
        ChatServer server = named(chatServer);
        Optional<ChatSession> session = server.restore(seat(interactionId).session());
        session.ifPresent(restored -> seats.put(interactionId, new CustomerSeat(server, restored)));
        return session.isPresent();
    }

    /** An agent's desktop joins the session where the interaction says it is; false if nobody can. */
    public boolean join(String interactionId, String agent) {
        Optional<ChatSession> session = session(interactionId).filter(ChatSession::isOpen);
        session.ifPresent(open -> {
            interactions.assigned(interactionId);
            Participant joined = open.join(SenderKind.AGENT, agent, Visibility.ALL);
            String greeting = new SmallTalk(agent).greeting(open.customer().nickname());
            open.add(EventType.MESSAGE, joined, Content.text(greeting), Visibility.ALL);
        });
        return session.isPresent();
    }

    /** Whether the session is in the memory of the server that the interaction names. */
    public boolean isLive(String interactionId) {
        return session(interactionId).filter(ChatSession::isOpen).isPresent();
    }

    /** The conversation is over, and its server says so. */
    public void finish(String interactionId) {
        CustomerSeat seat = seat(interactionId);
        seat.server().finish(seat.session());
    }

    /** An agent gives the interaction back to the queue. */
    public void giveBack(String interactionId) {
        interactions.requeued(interactionId);
    }

    /** The workflow stops the interaction: it is in no queue any more. */
    public void stop(String interactionId) {
        interactions.stopped(interactionId);
    }

    /** A chat server loses all that it knows, and answers nobody until its restart. */
    public void crash(String chatServer) {
        named(chatServer).crash();
    }

    /** A chat server comes back empty. */
    public void restart(String chatServer) {
        named(chatServer).restart();
    }

    /** The interaction's user data, all strings. */
    public Map<String, String> userData(String interactionId) {
        return interaction(interactionId).userData();
    }

    /**
     * The interaction server's answer to an ESP request.
     *
     * @param request in its JSON envelope
     * @throws IllegalArgumentException if it is none
     */
    public byte[] esp(byte[] request) {
        try {
            EspAnswer answer = interactions.relay(EspRequest.of(Json.MAPPER.readTree(request)));
            return Json.MAPPER.writeValueAsBytes(answer.toJson());
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "the ESP request is not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private Optional<ChatSession> session(String interactionId) {
        return named(interaction(interactionId).chatServer()).session(interactionId);
    }

    private Interaction interaction(String id) {
        return interactions
                .interaction(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no interaction '" + id + "'"));
    }

    private CustomerSeat seat(String interactionId) {
        CustomerSeat seat = seats.get(interactionId);
        if (seat == null) {
            throw new IllegalArgumentException("nobody sits in '" + interactionId + "'");
        }
        return seat;
    }

    private ChatServer named(String name) {
        return chatServers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no chat server '" + name + "'"));
    }
}
