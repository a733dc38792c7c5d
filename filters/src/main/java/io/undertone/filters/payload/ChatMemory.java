package io.undertone.filters.payload;

import java.nio.charset.StandardCharsets;
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

    /** The length in bytes of the longest of their ids, -1 while there are none. Set before that id is there to be found. */
    private volatile int longest = -1;

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
        return longest < 0;
    }

    boolean hides(String participantId) {
        return hiddenParticipants.contains(participantId);
    }

    /** As {@link #hides(String)}, of an id that stands in bytes as it is, with no escape. */
    boolean hides(byte[] bytes, int from, int to) {
        return to - from <= longest && hides(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    void hide(String participantId) {
        add(participantId);
        if (key != null) {
            all.keep(key, this).add(participantId);
        }
    }

    private synchronized void add(String participantId) {
        longest = Math.max(longest, participantId.getBytes(StandardCharsets.UTF_8).length);
        hiddenParticipants.add(participantId);
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
