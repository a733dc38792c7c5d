package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of chats because their customers' requests come by: passive knowledge, which is told beside a verdict and
 * never makes one, for anybody can ask in the name of a chat. Chats that were quiet longest are forgotten first. Thread-safe.
 */
final class CustomerChats {
    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Clock clock;

    /** When a customer asked last, by chat; where an interaction's number is its chat's, by that. */
    private final Cache<String, Instant> lastAsked = remembering().build();

    private final Cache<String, String> interactionOfChat = remembering().build();
    private final Cache<String, String> chatOfInteraction = remembering().build();

    CustomerChats(Clock clock) {
        this.clock = clock;
    }

    private static Caffeine<Object, Object> remembering() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(REMEMBERED);
    }

    /** A customer's request came in that chat. */
    void asked(String chatId) {
        lastAsked.put(chatId, clock.instant());
    }

    /** A customer was there at that time, whichever node they asked. */
    void seen(String interactionId, Instant at) {
        lastAsked.asMap().merge(interactionId, at, CustomerChats::later);
    }

    /**
     * Notes that a probe made for an interaction stood in a chat.
     *
     * @return false if the chat is known to be another interaction's, or the interaction to have another chat
     */
    synchronized boolean tie(String chatId, String interactionId) {
        String interaction = interactionOfChat.getIfPresent(chatId);
        String chat = chatOfInteraction.getIfPresent(interactionId);
        if ((interaction != null && !interaction.equals(interactionId)) || (chat != null && !chat.equals(chatId))) {
            return false;
        }
        interactionOfChat.put(chatId, interactionId);
        chatOfInteraction.put(interactionId, chatId);
        return true;
    }

    /** How long ago the customer of an interaction asked for anything; empty when that is not known. */
    Optional<Duration> sinceLastAsked(String interactionId) {
        Instant byInteraction = lastAsked.getIfPresent(interactionId);
        String chat = chatOfInteraction.getIfPresent(interactionId);
        Instant byChat = chat == null ? null : lastAsked.getIfPresent(chat);
        Instant last = byInteraction != null && byChat != null
                ? later(byInteraction, byChat)
                : byInteraction != null ? byInteraction : byChat;
        if (last == null) {
            return Optional.empty();
        }
        Duration since = Duration.between(last, clock.instant());
        return Optional.of(since.isNegative() ? Duration.ZERO : since);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
