package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.payload.JsonScanner.Token;

/**
 * The list of messages that is open in a document that arrives, if one is.
 *
 * <p>A message is judged when its last byte is there, and goes out, or is cut, at once. It is cut together with the comma
 * before it or, where none was delivered before it, with the comma behind it; a list of which nothing is left is {@code []}.
 * Only where it hinges on the chat that a message is of, and its object names that behind the list, the message waits for the
 * name, or until it would be too large with all that stands between.
 */
final class MessageList {
    private final Dialect dialect;
    private final Decider decider;
    private final int limit;
    private final JsonScanner scanner;
    private final OpenList read;
    private final Window window;
    private final Outlet outlet;
    private final MessageEditor messages;
    private final ChatScope chat;

    /** How deep it stands, 0 when none is open. */
    private int depth;

    private Hiding hiding = Hiding.REMOVED;
    private boolean inMessage;
    private int messageStart;
    /** Whether the last message that was read waits for the name of its chat. */
    private boolean isWaiting;

    /**
     * @param limit the most bytes that are held to judge one message
     * @param scanner reads the document
     * @param read what of it was read already
     */
    MessageList(
            Dialect dialect,
            Decider decider,
            int limit,
            JsonScanner scanner,
            OpenList read,
            Window window,
            Outlet outlet,
            MessageEditor messages,
            ChatScope chat) {
        this.dialect = dialect;
        this.decider = decider;
        this.limit = limit;
        this.scanner = scanner;
        this.read = read;
        this.window = window;
        this.outlet = outlet;
        this.messages = messages;
        this.chat = chat;
    }

    /** The array that just began is one. */
    void begin(Hiding newHiding, Sink out) {
        hiding = newHiding;
        depth = scanner.depth();
        messages.beginList();
        outlet.send(scanner.position(), out);
    }

    boolean isOpen() {
        return depth > 0;
    }

    /** How many bytes wait to be judged. */
    int held() {
        return inMessage || isWaiting ? window.end() - messageStart : window.size();
    }

    /** The window's bytes stand elsewhere now. */
    void moved(int shift) {
        messageStart -= shift;
    }

    /** Judges the message that waits for the name of its chat, if one does, and says whether none waits any longer. */
    boolean judgeWaiting(Sink out) {
        if (isWaiting && isNameLookedFor()) {
            isWaiting = false;
            judgeMessage(out);
            goOn(out);
        }
        return !isWaiting;
    }

    private boolean isNameLookedFor() {
        return chat.lookAhead(window.bytes(), scanner.position(), window.end(), messageStart + limit);
    }

    /** The next token of the document; of a message only its end is of interest. */
    Token next() {
        return scanner.next(window.bytes(), window.end(), inMessage ? depth : Nesting.MAX_DEPTH);
    }

    /** Takes a token that stands in it. */
    void take(Token token, Sink out) {
        if (inMessage) {
            inMessage = false;
            judgeMessage(out);
            return;
        }
        switch (token) {
            case BEGIN_OBJECT, BEGIN_ARRAY -> {
                inMessage = true;
                messageStart = scanner.tokenStart();
            }
            case STRING, SCALAR -> {
                messageStart = scanner.tokenStart();
                judgeMessage(out);
            }
            case COMMA -> {
                if (!messages.anyDelivered()) {
                    window.cut(scanner.position());
                }
            }
            case END_ARRAY -> {
                if (messages.areAllHidden()) {
                    window.cut(scanner.tokenStart());
                }
                depth = 0;
                outlet.listEnded(scanner.position(), out);
            }
            default -> throw new IllegalStateException(token + " among messages");
        }
    }

    private void judgeMessage(Sink out) {
        int from = messageStart;
        int to = scanner.position();
        DocumentEditor.requireWithin(limit, to - from);
        boolean isHarmless = !scanner.mayBeHidden() && !decider.readsEveryMessage();
        if (isHarmless) {
            messages.deliver(from, to, out);
            return;
        }
        Message message = messages.read(from, to);
        isWaiting = decider.isInDoubt(message) && !isNameLookedFor();
        if (!isWaiting && !messages.edit(message, from, to, hiding, depth - 1, out)) {
            messages.deliver(from, to, out);
        }
    }

    /** All that was read is judged, but for a message that began: delivers more as long as nothing in them could be hidden. */
    void goOn(Sink out) {
        while (!inMessage && !isWaiting) {
            scanner.trust();
            if (!mayPass()) {
                return;
            }
            passRead();
            int at = scanner.position();
            // No further, so that none that is too large is passed.
            int passed = scanner.passHarmless(window.bytes(), at + Math.min(limit, window.end() - at));
            if (passed > at) {
                messages.passed();
                window.release(passed);
            }
            inMessage = scanner.depth() > depth;
            if (!inMessage && !scanner.mayBeHidden()) {
                return;
            }
            messageStart = window.bytes()[passed] == ',' ? passed + 1 : passed;
            if (!inMessage) {
                judgeMessage(out);
            }
        }
    }

    /** Delivers the messages of which it is known that nothing in them could be hidden. */
    private void passRead() {
        int next = read.lastOf(scanner.position());
        if (next > scanner.position()) {
            int end = next - 1;
            while (JsonBytes.isSpace(window.bytes()[end - 1])) {
                end--;
            }
            messages.passed();
            window.release(end);
            scanner.goOnAt(next);
        }
    }

    /** Before the first message that is delivered there may be a comma to be cut. */
    private boolean mayPass() {
        return isOpen()
                && (messages.anyDelivered() || scanner.expectsValue())
                && !dialect.isCounted()
                && !decider.readsEveryMessage();
    }
}
