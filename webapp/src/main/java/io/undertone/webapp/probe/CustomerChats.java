package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.undertone.filters.servlet.ChatListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of chats because their customers' requests come by. That somebody asked is told beside a verdict and never makes
 * one, for anybody can ask in the name of a chat. That the chat system answered well can keep a verdict from stopping the chat,
 * and do no more: nobody but the chat system can say it. Chats that were quiet longest are forgotten first. Thread-safe.
 */
final class CustomerChats {
    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Clock clock;
    private final Ticker ticker;

    /** By chat; where an interaction's number is its chat's, by that. */
    private final Cache<String, Customer> customers = remembering().build();

    private final Cache<String, String> interactionOfChat = remembering().build();
    private final Cache<String, String> chatOfInteraction = remembering().build();

    /**
     * @param at when the customer asked for anything, or was sent a probe
     * @param latest the request that came last, null when none was seen here
     * @param answeredAt when by the ticker the chat system said last that the chat goes on, null when it did not
     */
    private record Customer(
            Instant at,
            @Nullable ChatListener latest,
            @Nullable Long answeredAt,
            boolean isChatEnded,
            boolean isGone) {
        Customer and(Customer other) {
            Customer later = other.at.isAfter(at) ? other : this;
            return new Customer(
                    later.at,
                    later.latest,
                    latest(answeredAt, other.answeredAt),
                    isChatEnded || other.isChatEnded,
                    later.isGone);
        }

        private static @Nullable Long latest(@Nullable Long one, @Nullable Long other) {
            return one == null || (other != null && other - one > 0) ? other : one;
        }

        Customer answered(long tick) {
            return new Customer(at, latest, tick, isChatEnded, isGone);
        }

        Customer ended() {
            return new Customer(at, latest, answeredAt, true, isGone);
        }

        Customer gone() {
            return new Customer(at, latest, answeredAt, isChatEnded, true);
        }
    }

    CustomerChats(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    private static Caffeine<Object, Object> remembering() {
        // Tidied by whoever comes: a hand-over to another thread costs more.
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(REMEMBERED)
                .executor(Runnable::run);
    }

    /**
     * A customer's request came in that chat.
     *
     * @return told how it goes on. That one was dropped means something only of the latest: browsers drop old ones for new
     */
    ChatListener asked(String chatId) {
        ChatListener request = new ChatListener() {
            @Override
            public void ended() {
                change(chatId, Customer::ended);
            }

            @Override
            public void goesOn() {
                long tick = ticker.read();
                change(chatId, customer -> customer.answered(tick));
            }

            @Override
            public void left() {
                change(chatId, customer -> customer.latest == this ? customer.gone() : customer);
            }
        };
        Instant now = clock.instant();
        customers
                .asMap()
                .compute(
                        chatId,
                        (id, known) -> known == null
                                ? new Customer(now, request, null, false, false)
                                : new Customer(now, request, known.answeredAt, known.isChatEnded, false));
        return request;
    }

    private void change(String chatId, UnaryOperator<Customer> change) {
        customers.asMap().computeIfPresent(chatId, (id, customer) -> change.apply(customer));
    }

    /** A customer was there at that time, whichever node they asked. */
    void seen(String interactionId, Instant at) {
        customers.asMap().merge(interactionId, new Customer(at, null, null, false, false), (known, seen) -> {
            return seen.at.isAfter(known.at)
                    ? new Customer(seen.at, known.latest, known.answeredAt, known.isChatEnded, false)
                    : known;
        });
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

    /** What is known of an interaction's customer; empty when nothing is. */
    Optional<CustomerSigns> signs(String interactionId) {
        return customer(interactionId).map(this::signs);
    }

    /** When by the ticker the chat system last said that an interaction's chat goes on; empty when it did not. */
    OptionalLong answeredAt(String interactionId) {
        return customer(interactionId)
                .map(Customer::answeredAt)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private Optional<Customer> customer(String interactionId) {
        Customer byInteraction = customers.getIfPresent(interactionId);
        String chat = chatOfInteraction.getIfPresent(interactionId);
        Customer byChat = chat == null ? null : customers.getIfPresent(chat);
        Customer known = byInteraction != null && byChat != null
                ? byInteraction.and(byChat)
                : byInteraction != null ? byInteraction : byChat;
        return Optional.ofNullable(known);
    }

    private CustomerSigns signs(Customer customer) {
        Duration since = Duration.between(customer.at, clock.instant());
        return new CustomerSigns(since.isNegative() ? Duration.ZERO : since, customer.isChatEnded, customer.isGone);
    }
}
