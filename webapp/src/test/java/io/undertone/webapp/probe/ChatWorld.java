package io.undertone.webapp.probe;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One chat and two chat servers, as an interaction server sees them: the truth that verdicts are compared with. It answers
 * at once.
 */
final class ChatWorld implements ProbeTransport {
    final AtomicInteger requests = new AtomicInteger();
    private final Set<String> connected = new HashSet<>(Set.of("A", "B"));
    private String owner = "A";
    private boolean session = true;
    private boolean silent;

    /** What may happen to them. */
    enum Event {
        CRASH,
        CONNECTION_LOST,
        CONNECTION_BACK,
        SESSION_LOST,
        RESTORED_ON_A,
        RESTORED_ON_B,
        SILENCE,
        SPEECH
    }

    synchronized void happens(Event event) {
        switch (event) {
            case CRASH -> {
                connected.remove(owner);
                session = false;
            }
            case CONNECTION_LOST -> connected.remove(owner);
            case CONNECTION_BACK -> connected.addAll(Set.of("A", "B"));
            case SESSION_LOST -> session = false;
            case RESTORED_ON_A -> restore("A");
            case RESTORED_ON_B -> restore("B");
            case SILENCE -> silent = true;
            case SPEECH -> silent = false;
        }
    }

    private void restore(String server) {
        connected.add(server);
        owner = server;
        session = true;
    }

    /** Whether the session is in its server's memory, and the server can be asked. */
    synchronized boolean isAlive() {
        return session && connected.contains(owner);
    }

    /** What the user data say now. */
    synchronized String owner() {
        return owner;
    }

    @Override
    public synchronized CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        requests.incrementAndGet();
        return CompletableFuture.completedFuture(answer(interaction.chatServerAppName()));
    }

    private EspOutcome answer(@Nullable String server) {
        if (silent) {
            return new EspOutcome.TimedOut();
        }
        if (server != null && !connected.contains(server)) {
            return new EspOutcome.NoServer("1", "Not found by type");
        }
        return session && owner.equals(server)
                ? new EspOutcome.Accepted()
                : new EspOutcome.Fault("100", "interaction with specified id was not found");
    }
}
