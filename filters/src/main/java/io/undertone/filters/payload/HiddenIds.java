package io.undertone.filters.payload;

import io.undertone.filters.keyword.SenderKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of the participants that are hidden in any chat: whether a message whose chat is not known yet may be of one of
 * them. Changed by one thread at a time, and read by all.
 */
final class HiddenIds {
    /** In how many chats each is hidden, as which kind. */
    private final Map<String, Map<SenderKind, Integer>> chats = new ConcurrentHashMap<>();

    /** No id was ever longer, in bytes. */
    private volatile int longest = -1;

    void add(String id, SenderKind kind) {
        longest = Math.max(longest, id.getBytes(StandardCharsets.UTF_8).length);
        count(id, kind, 1);
    }

    void remove(String id, SenderKind kind) {
        count(id, kind, -1);
    }

    private void count(String id, SenderKind kind, int more) {
        chats.compute(id, (same, before) -> {
            Map<SenderKind, Integer> after = new EnumMap<>(SenderKind.class);
            if (before != null) {
                after.putAll(before);
            }
            after.merge(kind, more, (count, change) -> count + change == 0 ? null : count + change);
            return after.isEmpty() ? null : after;
        });
    }

    /** As {@link ChatMemory#hides}, of any chat. */
    boolean hides(String id, SenderKind kind) {
        Map<SenderKind, Integer> byKind = chats.get(id);
        return byKind != null && (ChatMemory.mayBeAnyKind(kind) || byKind.containsKey(kind));
    }

    /** As {@link ChatMemory#knows}, of any chat. */
    boolean knows(byte[] bytes, int from, int to) {
        return to - from <= longest && chats.containsKey(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
}
