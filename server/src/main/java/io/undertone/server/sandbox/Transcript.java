package io.undertone.server.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of one session in order. It is stored as it grows, so it outlives a crash of its chat server. Thread-safe. */
final class Transcript {
    private final String interactionId;
    private final Instant startedAt;
    private final List<ChatEvent> events = new ArrayList<>();

    Transcript(String interactionId, Instant startedAt) {
        this.interactionId = interactionId;
        this.startedAt = startedAt;
    }

    String interactionId() {
        return interactionId;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** The index that the next event will have. */
    synchronized int nextPosition() {
        return events.size() + 1;
    }

    /** Adds the event; its index must be {@link #nextPosition()}. */
    synchronized void append(ChatEvent event) {
        events.add(event);
    }

    /** A copy of the events with this index or a higher one; 0 and 1 both mean from the beginning. */
    synchronized List<ChatEvent> from(int position) {
        int start = Math.min(Math.max(position - 1, 0), events.size());
        return List.copyOf(events.subList(start, events.size()));
    }
}
