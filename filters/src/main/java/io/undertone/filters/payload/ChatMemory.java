package io.undertone.filters.payload;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The participants of one chat that were found to be hidden, by their ids: what such a participant does after a rename is
 * hidden, too. Kept from reply to reply of one chat; thread-safe.
 */
public final class ChatMemory {
    private final Set<String> hiddenParticipants = ConcurrentHashMap.newKeySet();

    boolean isEmpty() {
        return hiddenParticipants.isEmpty();
    }

    boolean hides(String participantId) {
        return hiddenParticipants.contains(participantId);
    }

    void hide(String participantId) {
        hiddenParticipants.add(participantId);
    }
}
