package io.undertone.filters.payload;

import io.undertone.filters.keyword.SenderKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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

    /**
     * @param kinds those that each was seen as
     * @param longest the length of the longest in bytes, -1 where there are none
     */
    private record Ids(Map<String, Set<SenderKind>> kinds, int longest) {
        private static final Ids NONE = new Ids(Map.of(), -1);

        Ids with(String id, SenderKind kind) {
            Map<String, Set<SenderKind>> more = new HashMap<>(kinds);
            more.merge(id, Set.of(kind), (known, seen) -> {
                Set<SenderKind> both = EnumSet.copyOf(known);
                both.addAll(seen);
                return Set.copyOf(both);
            });
            return new Ids(Map.copyOf(more), Math.max(longest, id.getBytes(StandardCharsets.UTF_8).length));
        }

        boolean has(String id, SenderKind kind) {
            return kinds.getOrDefault(id, Set.of()).contains(kind);
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

    /** Whether it is of one chat, and not of a connection. */
    boolean isChats() {
        return isChats;
    }

    boolean isEmpty() {
        return hiddenParticipants.longest() < 0;
    }

    /** Whether a sender is one of them. A person may have the number of a workflow, but no other workflow has it. */
    boolean hides(String participantId, SenderKind kind) {
        Ids hidden = hiddenParticipants;
        return mayBeAnyKind(kind) ? hidden.kinds().containsKey(participantId) : hidden.has(participantId, kind);
    }

    /** Servers differ in what they call a workflow. */
    static boolean mayBeAnyKind(SenderKind kind) {
        return kind == SenderKind.EXTERNAL || kind == SenderKind.UNKNOWN;
    }

    /** Whether somebody's of them is the id that stands in bytes as it is, with no escape. */
    boolean knows(byte[] bytes, int from, int to) {
        Ids hidden = hiddenParticipants;
        return to - from <= hidden.longest()
                && hidden.kinds().containsKey(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    void hide(String participantId, SenderKind kind) {
        if (key == null) {
            add(participantId, kind);
        } else {
            all.hide(key, this, participantId, kind);
        }
    }

    /** Adds one, and says whether that is new. */
    synchronized boolean add(String participantId, SenderKind kind) {
        if (hiddenParticipants.has(participantId, kind)) {
            return false;
        }
        hiddenParticipants = hiddenParticipants.with(participantId, kind);
        return true;
    }

    /** Tells of each hidden participant, if it is of a chat. */
    void forEachOfChat(BiConsumer<String, SenderKind> hidden) {
        if (isChats) {
            hiddenParticipants.kinds().forEach((id, kinds) -> kinds.forEach(kind -> hidden.accept(id, kind)));
        }
    }

    /** Whether a chat that a payload names may be remembered, and not here. */
    boolean hasOthers() {
        return !isChats && !all.isEmpty();
    }

    /** Whether a sender is hidden in a chat that a payload may name. */
    boolean hidesInOthers(String participantId, SenderKind kind) {
        return !isChats && all.ids().hides(participantId, kind);
    }

    /** As {@link #knows}, of a chat that a payload may name. */
    boolean othersKnow(byte[] bytes, int from, int to) {
        return !isChats && all.ids().knows(bytes, from, to);
    }

    /** The memory of a chat that a payload names. */
    ChatMemory ofChat(String chatId) {
        return all.ofChat(chatId);
    }
}
