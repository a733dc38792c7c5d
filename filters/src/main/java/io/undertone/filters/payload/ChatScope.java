package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.dialect.Place;
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

    /** What the dialect says of the object that has the messages whose chat is not named yet. */
    private @Nullable PathTree<Place> unnamed;

    private @Nullable NameAhead ahead;

    /** How deep the object stands that names the chat, or has the messages whose chat is not named yet. */
    private int depth;

    /** How deep the object stands whose lists began while it had no name, 0 for none. */
    private int listsDepth;

    ChatScope(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden) {
        this.mayBeNamed = dialect.namesChats();
        this.decider = decider;
        this.hidden = hidden;
    }

    /** @param objectDepth how deep the object stands that names it */
    void named(String id, int objectDepth) {
        chatId = id;
        depth = objectDepth;
        unnamed = null;
        decider.enter(id);
        tell();
    }

    /**
     * A list of messages begins.
     *
     * @param object what the dialect says of the object that has it, null where nothing has a name there
     * @param objectDepth how deep it stands
     */
    void listBegins(@Nullable PathTree<Place> object, int objectDepth) {
        if (mayBeNamed && chatId == null && object != null && listsDepth != objectDepth) {
            depth = objectDepth;
            listsDepth = objectDepth;
            unnamed = object;
            ahead = null;
            decider.enterUnnamed();
        }
    }

    /**
     * Looks for the name of the chat that a message of the list is of, behind the message.
     *
     * @param from the message's end
     * @param end the end of the bytes that are there
     * @param most where nobody looks any further
     * @return false if it may stand in bytes that are still to come
     */
    boolean lookAhead(byte[] bytes, int from, int end, int most) {
        if (unnamed == null) {
            return true;
        }
        if (ahead == null || ahead.position() < from) {
            ahead = new NameAhead(unnamed, from);
        }
        ahead.read(bytes, Math.min(end, most));
        if (!ahead.isOver()) {
            return end >= most || ahead.isUnreadable();
        }
        ahead.name().ifPresentOrElse(id -> named(id, depth), this::staysUnnamed);
        return true;
    }

    /** The window's bytes stand elsewhere now. */
    void moved(int shift) {
        if (ahead != null) {
            ahead.moved(shift);
            ahead = ahead.position() < 0 ? null : ahead;
        }
    }

    private void staysUnnamed() {
        unnamed = null;
        decider.staysUnnamed();
    }

    /** @param objectDepth how deep the object stands that has the message, in whatever list */
    void hid(HiddenMessage message, int objectDepth) {
        if (chatId != null || !mayBeNamed) {
            hidden.accept(message.inChat(chatId));
        } else {
            untold.add(message);
            depth = listsDepth > 0 ? depth : objectDepth;
        }
    }

    /** @param openDepth how deep the innermost object or array stands that is still open, 0 for none */
    void closed(int openDepth) {
        if (openDepth < depth) {
            tell();
            chatId = null;
            unnamed = null;
            depth = 0;
            listsDepth = 0;
            decider.leave();
        }
    }

    /** No more comes. */
    void over() {
        tell();
        decider.over();
    }

    private void tell() {
        untold.forEach(message -> hidden.accept(message.inChat(chatId)));
        untold.clear();
    }
}
