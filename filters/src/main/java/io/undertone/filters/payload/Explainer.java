package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import org.jspecify.annotations.Nullable;

/**
 * Says of each message of a payload whether an audience gets to see it, and why or why not: what {@link PayloadEditor} does,
 * by the same code, with the reasons written down. Immutable and thread-safe.
 *
 * @param type how payloads are framed; {@link PayloadTypes} guesses it
 * @param dialect the one that speaks, see {@link Dialect#under}
 */
public record Explainer(PayloadType type, Dialect dialect, Audience audience, KeywordSet keywords) {
    private static final Sink NOWHERE = (bytes, offset, length) -> {};

    /** Explains a payload, with its content codings taken off. Nothing is known of the chat before it. */
    public Explanation explain(byte[] payload) {
        return explain(payload, new ChatMemory());
    }

    /** As {@link #explain(byte[])}, with what was learnt from the payloads before it, and for those behind it. */
    public Explanation explain(byte[] payload, ChatMemory memory) {
        ExplainingDecider decider = new ExplainingDecider(dialect, keywords, audience, memory);
        PayloadEditor editor = editor(decider, OnUnreadable.WITHHOLD);
        long[] sent = {0};
        Sink counter = (bytes, offset, length) -> sent[0] += length;
        Unreadable unreadable = null;
        try {
            editor.feed(payload, 0, payload.length, counter);
            editor.end(counter);
        } catch (UnreadablePayloadException fault) {
            unreadable = unreadable(payload, fault.reason(), decider);
        }
        return new Explanation(decider.messages(), payload.length, sent[0], unreadable);
    }

    private PayloadEditor editor(Decider decider, OnUnreadable onUnreadable) {
        return new PayloadEditor(type, dialect, decider, onUnreadable, message -> {});
    }

    private PayloadEditor editor(OnUnreadable onUnreadable) {
        return editor(new Decider(dialect, keywords, audience, new ChatMemory()), onUnreadable);
    }

    private Unreadable unreadable(byte[] payload, UnreadableReason reason, ExplainingDecider decider) {
        int offset = isRefused(payload, payload.length) ? lastReadable(payload) : payload.length;
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < offset; at++) {
            if (payload[at] == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
        Unreadable.@Nullable Stray stray = reason == UnreadableReason.KEYWORD_OUTSIDE_MESSAGES ? decider.stray() : null;
        return new Unreadable(reason, offset, line, offset - lineStart + 1, stray, mayPass(payload));
    }

    /** The engine says the same however the bytes are cut, so the shortest beginning that it refuses ends with the fault. */
    private int lastReadable(byte[] payload) {
        int readable = 0;
        int refused = payload.length;
        while (refused - readable > 1) {
            int middle = (readable + refused) >>> 1;
            if (isRefused(payload, middle)) {
                refused = middle;
            } else {
                readable = middle;
            }
        }
        return readable;
    }

    private boolean isRefused(byte[] payload, int length) {
        try {
            editor(OnUnreadable.WITHHOLD).feed(payload, 0, length, NOWHERE);
            return false;
        } catch (UnreadablePayloadException refusal) {
            return true;
        }
    }

    private boolean mayPass(byte[] payload) {
        PayloadEditor editor = editor(OnUnreadable.PASS);
        try {
            editor.feed(payload, 0, payload.length, NOWHERE);
            editor.end(NOWHERE);
            return true;
        } catch (UnreadablePayloadException refusal) {
            return false;
        }
    }
}
