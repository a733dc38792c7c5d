package io.undertone.server.sandbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The queue of interactions, their stored transcripts, and the relay of ESP requests to chat servers. Nothing of it is
 * lost when a chat server crashes. Thread-safe.
 */
final class InteractionServer {
    private static final String CHAT_SERVER = "ChatServer";

    private final List<ChatServer> chatServers = new CopyOnWriteArrayList<>();
    private final Map<String, Interaction> interactions = new ConcurrentSkipListMap<>();
    private final Map<String, Transcript> transcripts = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    void connect(ChatServer server) {
        chatServers.add(server);
    }

    /** Puts an interaction into the queue, and opens its transcript. */
    Transcript submit(Interaction interaction) {
        interactions.put(interaction.id(), interaction);
        Transcript transcript = new Transcript(interaction.id(), interaction.submittedAt());
        transcripts.put(interaction.id(), transcript);
        return transcript;
    }

    void assigned(String id) {
        interactions.computeIfPresent(id, (key, old) -> old.with(old.online(), Interaction.State.ASSIGNED));
    }

    void finished(String id) {
        interactions.computeIfPresent(id, (key, old) -> old.with(false, Interaction.State.DONE));
    }

    void attach(String id, Map<String, String> userData) {
        interactions.computeIfPresent(id, (key, old) -> old.attach(userData));
    }

    /** Whoever had it on the desktop gives it back. */
    void requeued(String id) {
        interactions.computeIfPresent(id, (key, old) -> old.with(old.online(), Interaction.State.QUEUED));
    }

    /** The workflow stops processing it; whether its session is online, nobody learns by that. */
    void stopped(String id) {
        interactions.computeIfPresent(id, (key, old) -> old.with(old.online(), Interaction.State.DONE));
    }

    /** Its session was restored in another chat server. */
    void moved(String id, String chatServer, String port) {
        interactions.computeIfPresent(id, (key, old) -> old.ownedBy(chatServer, port));
    }

    /** The desktops have lost this server's chats: what was on them goes back to the queue, still online. */
    void requeue(String chatServer) {
        interactions.replaceAll(
                (id, old) -> old.chatServer().equals(chatServer) && old.state() == Interaction.State.ASSIGNED
                        ? old.with(old.online(), Interaction.State.QUEUED)
                        : old);
    }

    Optional<Interaction> interaction(String id) {
        return Optional.ofNullable(interactions.get(id));
    }

    /** Every interaction ever submitted, by id. */
    Collection<Interaction> interactions() {
        return List.copyOf(interactions.values());
    }

    Optional<Transcript> transcript(String id) {
        return Optional.ofNullable(transcripts.get(id));
    }

    /** Relays an ESP request to the chat server it names, or without a name to any that is up. */
    EspAnswer relay(EspRequest request) {
        if (!request.appType().equals(CHAT_SERVER)) {
            return EspAnswer.EventError.NOT_FOUND;
        }
        return candidates(request).stream()
                .map(server -> server.take(request))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(EspAnswer.EventError.NOT_FOUND);
    }

    /**
     * By type the load is balanced and no server is asked whether it owns the session. That is why a request without a
     * name may be told that a living chat was not found.
     */
    private List<ChatServer> candidates(EspRequest request) {
        if (request.appName().isEmpty()) {
            return Turns.of(chatServers, turn.getAndIncrement());
        }
        return chatServers.stream()
                .filter(server -> server.name().equals(request.appName()))
                .toList();
    }
}
