package io.undertone.filters.payload;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The participants of one chat that were found to be hidden, by their ids: what such a participant does after a rename is
 * hidden, too. Kept from reply to reply of one chat; thread-safe.
 */
public final class ChatMemory {
    private final ChatMemories all;
    private final @Nullable String key;
    private final boolean isChats;
    /** Replaced whole by each change: most chats have none, and few have more than one. */
    private volatile Ids hiddenParticipants = Ids.NONE;

    /** @param longest the length of the longest in bytes, -1 where there are none */
    private record Ids(Set<String> ids, int longest) {
        private static final Ids NONE = new Ids(Set.of(), -1);

        Ids with(String id) {
            Set<String> more = new HashSet<>(ids);
            more.add(id);
            return new Ids(Set.copyOf(more), Math.max(longest, id.getBytes(StandardCharsets.UTF_8).length));
        }
    }

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
        return hiddenParticipants.longest() < 0;
    }

    boolean hides(String participantId) {
        return hiddenParticipants.ids().contains(participantId);
    }

    /** As {@link #hides(String)}, of an id that stands in bytes as it is, with no escape. */
    boolean hides(byte[] bytes, int from, int to) {
        return to - from <= hiddenParticipants.longest()
                && hides(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    void hide(String participantId) {
        add(participantId);
        if (key != null) {
            all.keep(key, this).add(participantId);
        }
    }

    private synchronized void add(String participantId) {
        if (!hides(participantId)) {
            hiddenParticipants = hiddenParticipants.with(participantId);
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
