package io.undertone.filters.coding;

import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;

/** The one way in which coded bytes fail to be what they say. */
final class Unreadable {
    private Unreadable() {}

    static UnreadablePayloadException coding() {
        return new UnreadablePayloadException(UnreadableReason.UNREADABLE_CODING);
    }
}
