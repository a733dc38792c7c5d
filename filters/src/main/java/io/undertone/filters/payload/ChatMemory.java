package io.undertone.filters.payload;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The participants of one chat that were found to be hidden, by their ids: what such a participant does after a rename is
 * hidden, too. Kept from reply to reply of one chat; thread-safe.
 */
public final class ChatMemory {
    private final ChatMemories all;
    private final @Nullable String key;
    private final boolean isChats;
    private final Set<String> hiddenParticipants = ConcurrentHashMap.newKeySet();

    /** One for whoever hands it from reply to reply: it shares what it remembers with no other. */
    public ChatMemory() {
        this(new ChatMemories(), null, false);
    }

    ChatMemory(ChatMemories all, @Nullable String key, boolean isChats) {
        this.all = all;
        this.key = key;
        this.isChats = isChats;
    }

    boolean isEmpty() {
        return hiddenParticipants.isEmpty();
    }

    boolean hides(String participantId) {
        return hiddenParticipants.contains(participantId);
    }

    void hide(String participantId) {
        hiddenParticipants.add(participantId);
        if (key != null) {
            all.keep(key, this).hiddenParticipants.add(participantId);
        }
    }

    /** Whether a chat that a payload names may be remembered, and not here. */
    boolean hasOthers() {
        return !isChats && !all.isEmpty();
    }

    /** The memory of a chat that a payload names. */
    ChatMemory ofChat(String chatId) {
        return all.ofChat(chatId);
    }
}
