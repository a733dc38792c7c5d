package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes of the messages of a document, one after the other: each is delivered, tagged, emptied, replaced or cut, and
 * what is hidden is told.
 */
final class MessageEditor {
    private final Dialect dialect;
    private final Decider decider;
    private final Window window;
    private final Outlet outlet;
    private final ChatScope chat;
    private boolean anyDelivered;
    private boolean anyHidden;

    /**
     * @param window where the messages stand; all ranges are its
     * @param chat hears what is hidden
     */
    MessageEditor(Dialect dialect, Decider decider, Window window, Outlet outlet, ChatScope chat) {
        this.dialect = dialect;
        this.decider = decider;
        this.window = window;
        this.outlet = outlet;
        this.chat = chat;
    }

    /** The messages that follow are those of another list. */
    void beginList() {
        anyDelivered = false;
        anyHidden = false;
    }

    /** Whether any of the list stays in it, in whatever shape. */
    boolean anyDelivered() {
        return anyDelivered;
    }

    /** Whether there were any, and none stays. */
    boolean areAllHidden() {
        return anyHidden && !anyDelivered;
    }

    /** Messages go out as they are, without a look at each. */
    void passed() {
        anyDelivered = true;
    }

    /** A message goes out as it is. */
    void deliver(int from, int to, Sink out) {
        anyDelivered = true;
        outlet.deliver(from, to, out);
    }

    /** Decodes a message. */
    Message read(int from, int to) {
        return MessageReader.read(dialect, decider.rawScan(), window.bytes(), from, to);
    }

    /**
     * Does with a message what is decided.
     *
     * @param hiding how it is hidden, if it has to be
     * @param objectDepth how deep the object stands that has it, in whatever list
     * @return false if nothing is to be done: it may be delivered as it is
     */
    boolean edit(Message message, int from, int to, Hiding hiding, int objectDepth, Sink out) {
        Decision decision = decider.decide(message, hiding);
        if (decision instanceof Decision.Hide hide) {
            hide(message, hide, from, to, objectDepth, out);
        } else if (decision instanceof Decision.Tag tag) {
            replace(from, to, Patches.tagged(window.bytes(), from, to, tag.visibility()), out);
        } else {
            return false;
        }
        return true;
    }

    private void hide(Message message, Decision.Hide hide, int from, int to, int objectDepth, Sink out) {
        switch (hide.hiding()) {
            case REPLACED -> replace(from, to, Patches.harmless(dialect, window.bytes(), from, to), out);
            case EMPTIED -> {
                byte[] emptied = emptied(message, from, to);
                if (Arrays.equals(emptied, 0, emptied.length, window.bytes(), from, to)) {
                    // Only a number looks like a keyword, and numbers are the protocol's.
                    deliver(from, to, out);
                    return;
                }
                replace(from, to, emptied, out);
            }
            case WITHHELD -> throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
            case REMOVED, DROPPED -> {
                anyHidden = true;
                outlet.cut(to, out);
            }
        }
        if (hide.hiding() != Hiding.EMPTIED) {
            outlet.oneHidden();
        }
        tell(message, hide, objectDepth);
    }

    private byte[] emptied(Message message, int from, int to) {
        List<String> kept = message.exemptingWords();
        byte[] emptied = Patches.emptied(
                window.bytes(), from, to, words -> !kept.contains(words) && decider.hidesWords(message.kind(), words));
        if (dialect.isCoded()
                && MessageReader.read(dialect, decider.rawScan(), emptied, 0, emptied.length).suspects().stream()
                        .anyMatch(words -> decider.hidesWords(message.kind(), words))) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
        return emptied;
    }

    /** Empties a string that holds words for a person and stands in no message, if they have to be hidden. */
    void emptyWords(int from, int to, String said, int objectDepth, Sink out) {
        Message words = Message.ofWords(dialect, decider.rawScan(), said);
        if (decider.decide(words, Hiding.EMPTIED) instanceof Decision.Hide hide) {
            replace(from, to, Patches.EMPTY, out);
            tell(words, hide, objectDepth);
        }
    }

    private void tell(Message message, Decision.Hide hide, int objectDepth) {
        chat.hid(
                new HiddenMessage(
                        null,
                        message.only(Field.POSITION).orElse(null),
                        hide.keywordId(),
                        hide.tag(),
                        message.kind(),
                        message.signatures()),
                objectDepth);
    }

    private void replace(int from, int to, byte[] replacement, Sink out) {
        anyDelivered = true;
        outlet.replace(from, to, replacement, out);
    }
}
