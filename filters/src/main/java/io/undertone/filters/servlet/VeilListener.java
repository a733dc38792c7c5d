package io.undertone.filters.servlet;

import io.undertone.filters.payload.HiddenMessage;

/** Hears what a {@link VeilFilter} does. Called on the thread that writes the reply: be quick, and thread-safe. */
public interface VeilListener {
    /** Hears nothing. */
    VeilListener NONE = new VeilListener() {};

    /**
     * A request in a chat came, and its reply will be judged.
     *
     * @param chatId the chat that the path names, as whoever asked wrote it
     */
    default void asked(VeilRoute route, String chatId) {}

    /** A message was taken out of a reply, which is on its way to the route's audience. */
    default void hidden(VeilRoute route, HiddenMessage message) {}

    /**
     * A reply could not be judged, or a header or trailer of one could not be shown.
     *
     * @param reason a short constant such as {@code not_json} or {@code keyword_in_header}, fit for a metric's tag
     * @param withheld whether the customer was kept from seeing it
     */
    default void unreadable(String reason, boolean withheld) {}

    /** One that hears first, and then tells another. */
    default VeilListener and(VeilListener next) {
        VeilListener first = this;
        return new VeilListener() {
            @Override
            public void asked(VeilRoute route, String chatId) {
                first.asked(route, chatId);
                next.asked(route, chatId);
            }

            @Override
            public void hidden(VeilRoute route, HiddenMessage message) {
                first.hidden(route, message);
                next.hidden(route, message);
            }

            @Override
            public void unreadable(String reason, boolean withheld) {
                first.unreadable(reason, withheld);
                next.unreadable(reason, withheld);
            }
        };
    }
}
