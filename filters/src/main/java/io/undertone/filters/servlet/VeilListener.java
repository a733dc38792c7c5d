package io.undertone.filters.servlet;

import io.undertone.filters.payload.HiddenMessage;

/** Hears what a {@link VeilFilter} does. Called on the thread that writes the reply: be quick, and thread-safe. */
public interface VeilListener {
    /** Hears nothing. */
    VeilListener NONE = new VeilListener() {};

    /** A message was taken out of a reply. */
    default void hidden(HiddenMessage message) {}

    /**
     * A reply could not be judged.
     *
     * @param reason a short constant such as {@code not_json}, fit for a metric's tag
     * @param withheld whether the customer was kept from seeing it
     */
    default void unreadable(String reason, boolean withheld) {}
}
