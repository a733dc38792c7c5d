package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine: takes one payload, in pieces of any size, and sends what an audience may see of it. What is not hidden is
 * identical to the byte, and goes out as soon as it is judged. Memory is bounded by the largest message, not by the payload.
 *
 * <p>One object judges one payload, for one thread at a time. It has no clock, no thread and no connection.
 */
public final class PayloadEditor {
    /** The most bytes of one message: 1 MiB. */
    public static final int MESSAGE_LIMIT = 1 << 20;

    private final Decider decider;
    private final OnUnreadable onUnreadable;
    private final Codec codec;
    private boolean isTypeKnown;
    private @Nullable RawGuard guard;
    private @Nullable UnreadableReason passed;

    /**
     * @param dialect the one that speaks, see {@link Dialect#under}
     * @param keywords the one set that judges the whole payload
     * @param memory what is known of the chat's participants
     * @param hidden hears of each message that is hidden, before the next byte goes out
     */
    public PayloadEditor(
            PayloadType type,
            Dialect dialect,
            Audience audience,
            KeywordSet keywords,
            OnUnreadable onUnreadable,
            ChatMemory memory,
            Consumer<HiddenMessage> hidden) {
        this(type, dialect, new Decider(dialect, keywords, audience, memory), onUnreadable, hidden);
    }

    /**
     * An editor that passes no message over, so that it can tell of each; else as any other.
     *
     * @param judged called for each message, and for each other text that is judged as one, hidden or not
     */
    public static PayloadEditor telling(
            PayloadType type,
            Dialect dialect,
            Audience audience,
            KeywordSet keywords,
            OnUnreadable onUnreadable,
            Consumer<HiddenMessage> hidden,
            Runnable judged) {
        Decider decider = new Decider(dialect, keywords, audience, new ChatMemory()) {
            @Override
            boolean readsEveryMessage() {
                return true;
            }

            @Override
            Decision decide(Message message, Hiding hiding) {
                judged.run();
                return super.decide(message, hiding);
            }
        };
        return new PayloadEditor(type, dialect, decider, onUnreadable, hidden);
    }

    PayloadEditor(
            PayloadType type,
            Dialect dialect,
            Decider decider,
            OnUnreadable onUnreadable,
            Consumer<HiddenMessage> hidden) {
        this.isTypeKnown = type != PayloadType.UNKNOWN;
        this.decider = decider;
        this.onUnreadable = onUnreadable;
        this.codec = switch (type) {
            case JSON, UNKNOWN -> new DocumentCodec(dialect, decider, hidden, MESSAGE_LIMIT, false);
            case FRAME -> new DocumentCodec(dialect, decider, hidden, MESSAGE_LIMIT, true);
            case JSON_LINES -> new LinesEditor(frames(dialect, decider, hidden));
            case EVENT_STREAM -> new EventStreamEditor(frames(dialect, decider, hidden), decider, MESSAGE_LIMIT);
            case JSONP -> new JsonpEditor(new DocumentCodec(dialect, decider, hidden, MESSAGE_LIMIT, false));
        };
    }

    private static Supplier<DocumentCodec> frames(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden) {
        return () -> new DocumentCodec(dialect, decider, hidden, MESSAGE_LIMIT, true);
    }

    /**
     * Takes more of the payload.
     *
     * @throws UnreadablePayloadException if it cannot be judged and must not go on; what was sent before may stay
     */
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        if (!isTypeKnown) {
            findType(bytes, offset, length);
        }
        if (guard != null) {
            guard.feed(bytes, offset, length, out);
            return;
        }
        try {
            codec.feed(bytes, offset, length, out);
        } catch (UnreadablePayloadException e) {
            guardRest(e, out);
        }
    }

    private void findType(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && !isTypeKnown; i++) {
            switch (bytes[i]) {
                case ' ', '\t', '\r', '\n' -> {
                    // Leads nowhere yet.
                }
                case '{', '[', '"' -> isTypeKnown = true;
                default -> {
                    isTypeKnown = true;
                    passed = UnreadableReason.UNKNOWN_TYPE;
                    guard = new RawGuard(decider, UnreadableReason.UNKNOWN_TYPE);
                }
            }
        }
    }

    /**
     * No more comes.
     *
     * @throws UnreadablePayloadException if the payload cannot be judged, as when it ends in the middle
     */
    public void end(Sink out) {
        if (guard == null) {
            try {
                codec.end(out);
                return;
            } catch (UnreadablePayloadException e) {
                guardRest(e, out).end(out);
                return;
            }
        }
        guard.end(out);
    }

    /** Why the payload could not be judged although it was let through; empty where it was judged. */
    public Optional<UnreadableReason> passedUnread() {
        return Optional.ofNullable(passed);
    }

    private RawGuard guardRest(UnreadablePayloadException unreadable, Sink out) {
        // What only turns out to be of no known type was never promised to be readable.
        if (onUnreadable == OnUnreadable.WITHHOLD && unreadable.reason() != UnreadableReason.UNKNOWN_TYPE) {
            throw unreadable;
        }
        passed = unreadable.reason();
        RawGuard rest = new RawGuard(decider, unreadable.reason());
        codec.giveBack((held, offset, length) -> rest.feed(held, offset, length, out));
        guard = rest;
        return rest;
    }
}
