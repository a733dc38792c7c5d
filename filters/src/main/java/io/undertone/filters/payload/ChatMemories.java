package io.undertone.filters.payload;

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

    private final Map<String, ChatMemory> byKey = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Entry<String, ChatMemory> eldest) {
            return size() > MOST;
        }
    });

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
        ChatMemory known = key == null ? null : byKey.get(key);
        return known == null ? new ChatMemory(this, key, isChats) : known;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Only what remembers something is kept. Two replies of one chat at once may each have begun a memory of it. */
    ChatMemory keep(String key, ChatMemory memory) {
        ChatMemory kept = byKey.putIfAbsent(key, memory);
        return kept == null ? memory : kept;
    }
}
