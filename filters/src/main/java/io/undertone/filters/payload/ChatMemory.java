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
    /** Of a connection, those of messages that no payload named a chat for: they may be of any of its chats. */
    private volatile Ids ofNoChat = Ids.NONE;

    /** The one of the same that was begun elsewhere meanwhile, and is kept; itself where there is no other. */
    private volatile ChatMemory kept = this;

    private volatile long additionsSeen;

    /**
     * @param kinds those that each was seen as
     * @param longest the length of the longest in bytes, -1 where there are none
     */
    private record Ids(Map<String, Set<SenderKind>> kinds, int longest) {
        private static final Ids NONE = new Ids(Map.of(), -1);

        Ids with(String id, SenderKind kind) {
            if (has(id, kind)) {
                return this;
            }
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

        boolean hides(String id, SenderKind kind) {
            return mayBeAnyKind(kind) ? kinds.containsKey(id) : has(id, kind);
        }
    }

    /** One for whoever hands it from reply to reply: it shares what it remembers with no other. */
    public ChatMemory() {
        this(new ChatMemories(), null, false, 0);
    }

    /** @param additionsSeen how much had been {@linkplain ChatMemories#additions added} when none was kept of the same */
    ChatMemory(ChatMemories all, @Nullable String key, boolean isChats, long additionsSeen) {
        this.all = all;
        this.key = key;
        this.isChats = isChats;
        this.additionsSeen = additionsSeen;
    }

    /** A reply may be awaited, and a WebSocket be open, for longer than it takes another to show who is hidden. */
    private ChatMemory kept() {
        if (kept == this && key != null) {
            long additions = all.additions();
            if (additions != additionsSeen) {
                kept = all.kept(key, this);
                additionsSeen = additions;
            }
        }
        return kept;
    }

    /** Whether it is of one chat, and not of a connection. */
    boolean isChats() {
        return isChats;
    }

    boolean isEmpty() {
        return kept().hiddenParticipants.longest() < 0;
    }

    /** Whether a sender is one of them. A person may have the number of a workflow, but no other workflow has it. */
    boolean hides(String participantId, SenderKind kind) {
        return kept().hiddenParticipants.hides(participantId, kind);
    }

    /** The same whichever chat a payload named. */
    boolean hidesInAnyChat(String participantId, SenderKind kind) {
        return (isChats ? kept().hiddenParticipants : kept().ofNoChat).hides(participantId, kind);
    }

    /** Servers differ in what they call a workflow. */
    static boolean mayBeAnyKind(SenderKind kind) {
        return kind == SenderKind.EXTERNAL || kind == SenderKind.UNKNOWN;
    }

    /** Whether somebody's of them is the id that stands in bytes as it is, with no escape. */
    boolean knows(byte[] bytes, int from, int to) {
        Ids hidden = kept().hiddenParticipants;
        return to - from <= hidden.longest()
                && hidden.kinds().containsKey(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** A sender of the chat is one of them; or of a chat that a payload named, or may still, over the connection. */
    void hide(String participantId, SenderKind kind) {
        hide(participantId, kind, false);
    }

    /** A sender is one of them, and no payload said of which chat. */
    void hideInAnyChat(String participantId, SenderKind kind) {
        hide(participantId, kind, true);
    }

    private void hide(String participantId, SenderKind kind, boolean inAnyChat) {
        if (key == null) {
            add(participantId, kind, inAnyChat);
        } else {
            all.hide(key, this, participantId, kind, inAnyChat);
        }
    }

    /** Adds one, and says whether that is new. */
    synchronized boolean add(String participantId, SenderKind kind, boolean inAnyChat) {
        if (inAnyChat) {
            ofNoChat = ofNoChat.with(participantId, kind);
        }
        boolean isNew = !hiddenParticipants.has(participantId, kind);
        hiddenParticipants = hiddenParticipants.with(participantId, kind);
        return isNew;
    }

    /** Tells of each hidden participant. */
    void forEach(BiConsumer<String, SenderKind> hidden) {
        hiddenParticipants.kinds().forEach((id, kinds) -> kinds.forEach(kind -> hidden.accept(id, kind)));
    }

    /** How often something was added, to whichever memory. */
    long additions() {
        return all.additions();
    }

    /** Whether a chat that a payload names may be remembered, and not here. */
    boolean hasOthers() {
        return !isChats && !all.isEmpty();
    }

    /** Whether a sender is hidden in some chat that a payload may name. */
    boolean hidesInSomeChat(String participantId, SenderKind kind) {
        return hides(participantId, kind) || (!isChats && all.ids().hides(participantId, kind));
    }

    /** As {@link #knows}, of the chats that a payload may name. */
    boolean othersKnow(byte[] bytes, int from, int to) {
        return !isChats && all.ids().knows(bytes, from, to);
    }

    /** The memory of a chat that a payload names. */
    ChatMemory ofChat(String chatId) {
        return all.ofChat(chatId);
    }
}
