package io.undertone.filters.servlet;

import io.undertone.filters.payload.ChatMemory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** The memory of each chat in which something was hidden; the chats that were quiet longest are forgotten first. */
final class ChatMemories {
    private static final int MOST = 50_000;

    private final Map<String, ChatMemory> byChatId = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Entry<String, ChatMemory> eldest) {
            return size() > MOST;
        }
    });

    ChatMemory of(@Nullable String chatId) {
        ChatMemory known = chatId == null ? null : byChatId.get(chatId);
        return known == null ? new ChatMemory() : known;
    }

    void keep(@Nullable String chatId, ChatMemory memory) {
        if (chatId != null) {
            byChatId.putIfAbsent(chatId, memory);
        }
    }
}
