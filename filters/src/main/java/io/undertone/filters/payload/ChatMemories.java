package io.undertone.filters.payload;

import io.undertone.filters.keyword.SenderKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The memory of each chat in which a participant was hidden; the chats that were quiet longest are forgotten first.
 * Thread-safe.
 */
public final class ChatMemories {
    private static final int MOST = 50_000;

    /** Null until something is kept, so that nothing is locked for a reply of a chat in which nobody was ever hidden. */
    private volatile @Nullable Map<String, ChatMemory> byKey;

    /** How often something was added to what is kept. */
    private volatile long additions;

    /** Of the chats that are kept. */
    private final HiddenIds ids = new HiddenIds();

    /** The memory of a chat, for replies to requests that name it. */
    public ChatMemory ofChat(String chatId) {
        return of("chat " + chatId, true);
    }

    /**
     * The memory of a connection whose requests name no chat, and whose replies may be of several.
     *
     * @param id what the connection is known by, null if by nothing: then its chats are remembered alone
     */
    public ChatMemory ofConnection(@Nullable String id) {
        return of(id == null ? null : "connection " + id, false);
    }

    private ChatMemory of(@Nullable String key, boolean isChats) {
        long before = additions;
        ChatMemory fresh = new ChatMemory(this, key, isChats, before);
        return key == null ? fresh : kept(key, fresh);
    }

    /** The memory that is kept, or another where none is. */
    ChatMemory kept(String key, ChatMemory other) {
        Map<String, ChatMemory> all = byKey;
        return all == null ? other : all.getOrDefault(key, other);
    }

    long additions() {
        return additions;
    }

    boolean isEmpty() {
        return byKey == null;
    }

    /** The ids of the hidden participants of all chats. */
    HiddenIds ids() {
        return ids;
    }

    /**
     * Adds to a memory, and keeps it: only what remembers something is kept. Two replies of one chat at once may each have
     * begun a memory of it.
     */
    synchronized void hide(String key, ChatMemory memory, String participantId, SenderKind kind, boolean inAnyChat) {
        Map<String, ChatMemory> all = byKey;
        if (all == null) {
            all = leastRecentFirst();
            byKey = all;
        }
        ChatMemory kept = all.putIfAbsent(key, memory);
        boolean isNew = kept != null && kept.add(participantId, kind, inAnyChat);
        memory.add(participantId, kind, inAnyChat);
        if (memory.isChats() && kept == null) {
            memory.forEach(ids::add);
        } else if (memory.isChats() && isNew) {
            ids.add(participantId, kind);
        }
        additions++;
    }

    private Map<String, ChatMemory> leastRecentFirst() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Entry<String, ChatMemory> eldest) {
                boolean isOneTooMany = size() > MOST;
                if (isOneTooMany && eldest.getValue().isChats()) {
                    eldest.getValue().forEach(ids::remove);
                }
                return isOneTooMany;
            }
        });
    }
}
