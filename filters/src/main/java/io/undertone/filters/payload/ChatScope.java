package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of which chat the messages at a place of a document are: the one that the object around them names, before or behind
 * them. What was hidden before it is named is told once it is, or when the object is over.
 */
final class ChatScope {
    private final boolean mayBeNamed;
    private final Decider decider;
    private final Consumer<HiddenMessage> hidden;
    private final List<HiddenMessage> untold = new ArrayList<>();
    private @Nullable String chatId;

    /** How deep the object stands that names the chat, or has the messages whose chat is not named yet. */
    private int depth;

    ChatScope(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden) {
        this.mayBeNamed = dialect.namesChats();
        this.decider = decider;
        this.hidden = hidden;
    }

    /** @param objectDepth how deep the object stands that names it */
    void named(String id, int objectDepth) {
        chatId = id;
        depth = objectDepth;
        decider.enter(id);
        tell();
    }

    /** @param objectDepth how deep the object stands that has the message, in whatever list */
    void hid(HiddenMessage message, int objectDepth) {
        if (chatId != null || !mayBeNamed) {
            hidden.accept(message.inChat(chatId));
        } else {
            untold.add(message);
            depth = objectDepth;
        }
    }

    /** @param openDepth how deep the innermost object or array stands that is still open, 0 for none */
    void closed(int openDepth) {
        if (openDepth < depth) {
            tell();
            chatId = null;
            depth = 0;
            decider.leave();
        }
    }

    /** No more comes. */
    void over() {
        tell();
    }

    private void tell() {
        untold.forEach(message -> hidden.accept(message.inChat(chatId)));
        untold.clear();
    }
}
