package io.undertone.filters.servlet;

/** Hears what becomes of one request, or one WebSocket, in a chat. Called on the container's threads: be quick, and thread-safe. */
public interface ChatListener {
    /** Hears nothing. */
    ChatListener NONE = new ChatListener() {};

    /** The chat server's answer says that the chat ended. */
    default void ended() {}

    /** The chat server's answer says that the chat goes on. */
    default void goesOn() {}

    /** Whoever asked was gone before the answer was. */
    default void left() {}

    /** One that hears first, and then tells another. */
    default ChatListener and(ChatListener next) {
        ChatListener first = this;
        return new ChatListener() {
            @Override
            public void ended() {
                first.ended();
                next.ended();
            }

            @Override
            public void goesOn() {
                first.goesOn();
                next.goesOn();
            }

            @Override
            public void left() {
                first.left();
                next.left();
            }
        };
    }
}
