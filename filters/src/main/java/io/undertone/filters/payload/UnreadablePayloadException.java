package io.undertone.filters.payload;

/** A payload cannot be judged, so what is left of it must not be sent. */
public final class UnreadablePayloadException extends RuntimeException {
    private final UnreadableReason reason;

    public UnreadablePayloadException(UnreadableReason reason) {
        // Thrown for what a peer sends, perhaps often: nobody reads the stack of it.
        super(reason.tag(), null, false, false);
        this.reason = reason;
    }

    public UnreadableReason reason() {
        return reason;
    }
}
