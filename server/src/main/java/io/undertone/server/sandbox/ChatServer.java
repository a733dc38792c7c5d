package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chat server: its sessions live in its memory alone. A crash forgets them all, a restart comes back empty, and while it
 * is down nothing answers in its name. Thread-safe.
 */
final class ChatServer {
    private static final String DEFAULT_NICKNAME = "system";

    private final String name;
    private final String alias;
    private final String port;
    private final Clock clock;
    private final InteractionServer interactions;
    private final Consumer<ChatSession> welcome;
    private final Map<String, ChatSession> sessions = new HashMap<>();
    private boolean up = true;

    /**
     * @param name the name of the application, by which ESP requests address it
     * @param alias what GMS calls it in its replies
     * @param port where desktops would join; it stands in the user data and nothing listens there
     * @param welcome calls an agent to a session that was opened
     */
    ChatServer(
            String name,
            String alias,
            String port,
            Clock clock,
            InteractionServer interactions,
            Consumer<ChatSession> welcome) {
        this.name = name;
        this.alias = alias;
        this.port = port;
        this.clock = clock;
        this.interactions = interactions;
        this.welcome = welcome;
    }

    String name() {
        return name;
    }

    String alias() {
        return alias;
    }

    synchronized boolean isUp() {
        return up;
    }

    /** How many sessions are going on; those that have ended can still be read and do not count. */
    synchronized long openSessions() {
        return sessions.values().stream().filter(ChatSession::isOpen).count();
    }

    /**
     * Opens a session, submits its interaction and calls an agent; empty while the server is down.
     *
     * @param firstMessage said before any agent can join; null or blank for none
     */
    synchronized Optional<ChatSession> open(
            String nickname, Map<String, String> userData, @Nullable String firstMessage) {
        if (!up) {
            return Optional.empty();
        }
        Interaction interaction = Interaction.submitted(name, port, userData, clock.instant());
        Transcript transcript = interactions.submit(interaction);
        ChatSession session = new ChatSession(transcript, clock, nickname, userData);
        sessions.put(interaction.id(), session);
        if (firstMessage != null && !firstMessage.isBlank()) {
            session.add(EventType.MESSAGE, session.customer(), Content.text(firstMessage), Visibility.ALL);
        }
        welcome.accept(session);
        return Optional.of(session);
    }

    /**
     * Takes over a session that another server lost, from its stored transcript, as the customer's web application asks;
     * empty while this server is down. The interaction learns who owns it now.
     */
    synchronized Optional<ChatSession> restore(ChatSession lost) {
        if (!up) {
            return Optional.empty();
        }
        ChatSession session = lost.restored();
        sessions.put(session.interactionId(), session);
        interactions.moved(session.interactionId(), name, port);
        return Optional.of(session);
    }

    /** A session that this server remembers, going on or ended; empty while the server is down. */
    synchronized Optional<ChatSession> session(String interactionId) {
        return Optional.ofNullable(sessions.get(interactionId));
    }

    /** The remembered session of the customer who holds this key. */
    synchronized Optional<ChatSession> sessionOf(String secureKey) {
        return sessions.values().stream()
                .filter(session -> session.secureKey().equals(secureKey))
                .findFirst();
    }

    /** Ends a session as its customer asks; only then does the interaction learn that it is no longer online. */
    void finish(ChatSession session) {
        session.end();
        interactions.finished(session.interactionId());
    }

    /** Attaches a customer's data to the interaction. */
    void attach(ChatSession session, Map<String, String> userData) {
        interactions.attach(session.interactionId(), userData);
    }

    /** Takes an ESP request; empty while the server is down. */
    Optional<EspAnswer> take(EspRequest request) {
        Optional<ChatSession> session;
        synchronized (this) {
            if (!up) {
                return Optional.empty();
            }
            session = Optional.ofNullable(sessions.get(request.interactionId()));
        }
        try {
            Posting posting = Posting.of(request);
            ChatSession open = session.orElseThrow(() -> new SessionGoneException(request.interactionId()));
            String nickname = request.parameters().getOrDefault("Nickname", DEFAULT_NICKNAME);
            Participant party = open.external(nickname, posting.visibility());
            open.add(posting.type(), party, posting.content(), posting.visibility());
            return Optional.of(new EspAnswer.Response(request.service(), request.method()));
        } catch (EspFaultException fault) {
            return Optional.of(new EspAnswer.Fault(request.service(), request.method(), fault.code(), fault.text()));
        } catch (SessionGoneException gone) {
            return Optional.of(EspAnswer.Fault.notFound(request));
        }
    }

    synchronized void crash() {
        up = false;
        sessions.values().forEach(ChatSession::lose);
        sessions.clear();
        interactions.requeue(name);
    }

    /** Whatever it was doing, it comes back empty. */
    synchronized void restart() {
        crash();
        up = true;
    }
}
