package io.undertone.filters.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a payload, message by message, and why.
 *
 * @param messages in the order in which they stand; those before the fault where the payload is unreadable
 * @param bytesIn the payload's length
 * @param bytesOut how much of it, or in its place, is sent under {@link OnUnreadable#WITHHOLD}
 * @param unreadable null for a payload that could be judged to its end
 */
public record Explanation(
        List<ExplainedMessage> messages,
        long bytesIn,
        long bytesOut,
        @Nullable Unreadable unreadable) {

    public Explanation {
        messages = List.copyOf(messages);
    }

    /** How many messages go out as they are. */
    public long delivered() {
        return messages.stream()
                .filter(message -> message.decision() instanceof Decision.Deliver)
                .count();
    }

    /** How many messages go out with a tag. */
    public long tagged() {
        return messages.stream()
                .filter(message -> message.decision() instanceof Decision.Tag)
                .count();
    }

    /** How many messages are hidden in that way. */
    public long hidden(Hiding hiding) {
        return messages.stream()
                .filter(message -> message.decision() instanceof Decision.Hide hide && hide.hiding() == hiding)
                .count();
    }
}
