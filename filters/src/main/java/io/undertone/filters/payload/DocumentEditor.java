package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Place;
import io.undertone.filters.payload.JsonScanner.Token;
import java.util.function.Consumer;

/**
 * Edits one JSON document as it arrives: takes hidden messages out of its lists, and lets every other byte through as it
 * came.
 *
 * <p>A message is judged when its last byte is there, and goes out, or is cut, at once. It is cut together with the comma
 * before it or, where none was delivered before it, with the comma behind it; a list of which nothing is left is {@code []}.
 * Outside of messages a string is the unit; of a dialect whose documents can be messages themselves, the document.
 */
final class DocumentEditor implements Codec {
    /** How much is copied at a time behind a message of which a part came before. */
    private static final int PIECE = 1024;

    private final Dialect dialect;
    private final Decider decider;
    private final ChatScope chat;
    private final int limit;

    private JsonScanner scanner;
    private final Window window = new Window();
    private final Outlet outlet;
    private final Whereabouts here;

    /** The depth of the list of messages that is open, 0 when none is. */
    private int listDepth;

    private boolean isRows;

    /** Whether the document waits because it may turn out to be one message. */
    private boolean mayBeMessage;

    private boolean hasStray;
    private final boolean canBeDropped;
    private boolean isDropped;

    private boolean inMessage;
    private int messageStart;
    private final MessageEditor messages;

    /**
     * @param limit the most bytes that are held to judge one message
     * @param canBeDropped whether nothing at all may come out of the document, as of a frame among others
     */
    DocumentEditor(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden, int limit, boolean canBeDropped) {
        this.dialect = dialect;
        this.decider = decider;
        this.chat = new ChatScope(dialect, decider, hidden);
        this.limit = limit;
        this.scanner = new JsonScanner(decider);
        this.outlet = new Outlet(dialect, window, canBeDropped);
        this.messages = new MessageEditor(dialect, decider, window, outlet, chat);
        this.here = new Whereabouts(dialect.places());
        this.mayBeMessage = dialect.isFramed();
        this.canBeDropped = canBeDropped;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        if (scanner.isBlank() && window.size() == 0 && isHarmlessDocument(bytes, offset, offset + length)) {
            out.write(bytes, offset, length);
            return;
        }
        int to = offset + length;
        for (int at = offset; at < to; ) {
            int from = at;
            if (window.size() <= at - offset) {
                moved(window.borrow(bytes, at, to));
                at = to;
            } else {
                at = Math.min(to, at + PIECE);
                window.append(bytes, from, at - from);
            }
            try {
                edit(out);
            } catch (UnreadablePayloadException e) {
                chat.over();
                if (at < to) {
                    window.append(bytes, at, to - at);
                }
                throw e;
            }
        }
        moved(window.compact());
    }

    /** Judges what is there whole. */
    private void edit(Sink out) {
        try {
            Token token;
            while ((token = nextToken()) != Token.NONE) {
                if (listDepth == 0) {
                    outsideMessages(token, out);
                } else {
                    amongMessages(token, out);
                }
                if (!inMessage) {
                    scanner.trust();
                    passHarmless(out);
                }
            }
            if (listDepth == 0 && !mayBeMessage) {
                window.release(scanner.settled());
            }
        } finally {
            outlet.flush(out);
        }
        requireWithinLimit(inMessage ? window.end() - messageStart : window.size());
        requireWithinLimit(outlet.waiting());
    }

    /** Delivers messages as long as nothing in them could be hidden. */
    private void passHarmless(Sink out) {
        while (listDepth > 0 && mayPass()) {
            int at = scanner.position();
            // No further, so that none that is too large is passed.
            int passed = scanner.passHarmless(window.bytes(), at + Math.min(limit, window.end() - at));
            if (passed > at) {
                messages.passed();
                window.release(passed);
            }
            inMessage = scanner.depth() > listDepth;
            if (!inMessage && !scanner.mayBeHidden()) {
                return;
            }
            messageStart = window.bytes()[passed] == ',' ? passed + 1 : passed;
            if (inMessage) {
                return;
            }
            judgeMessage(out);
            scanner.trust();
        }
    }

    /** Before the first message that is delivered there may be a comma to be cut. */
    private boolean mayPass() {
        return (messages.anyDelivered() || scanner.expectsValue())
                && !dialect.isCounted()
                && !decider.readsEveryMessage();
    }

    /** The window's bytes stand elsewhere now. */
    private void moved(int shift) {
        scanner.shift(shift);
        messageStart -= shift;
    }

    /** Asked of whatever is held, and of whatever was, so that it does not matter in which pieces it came. */
    private void requireWithinLimit(int size) {
        if (size > limit) {
            throw new UnreadablePayloadException(UnreadableReason.MESSAGE_TOO_LARGE);
        }
    }

    /**
     * Whether these bytes are the whole document, and nothing in it may be hidden: then it does not matter where its
     * messages stand. Where it is not so, nothing has happened.
     */
    private boolean isHarmlessDocument(byte[] bytes, int from, int to) {
        // A piece that ends within a document is not worth the scan of it, and a larger one may hold too large a
        // message.
        if (from == to
                || to - from > limit
                || !JsonBytes.mayEndDocument(bytes[to - 1])
                || decider.readsEveryDocument()) {
            return false;
        }
        // A frame may announce messages of which later ones are hidden.
        if (canBeDropped && dialect.isCounted()) {
            return false;
        }
        JsonScanner whole = new JsonScanner(decider);
        whole.shift(-from);
        try {
            whole.readToDoubt(bytes, to);
        } catch (UnreadablePayloadException e) {
            return false;
        }
        if (whole.mayBeHidden() || !whole.isComplete() || whole.settled() < to) {
            return false;
        }
        whole.shift(to);
        scanner = whole;
        return true;
    }

    /** Of a message only its end is of interest. */
    private Token nextToken() {
        return scanner.next(window.bytes(), window.end(), inMessage ? listDepth : Nesting.MAX_DEPTH);
    }

    @Override
    public void end(Sink out) {
        if (!scanner.isComplete() && !scanner.isBlank()) {
            chat.over();
            throw new UnreadablePayloadException(UnreadableReason.TRUNCATED);
        }
        outlet.end(out);
        chat.over();
    }

    @Override
    public void giveBack(Sink rest) {
        outlet.giveBack(rest);
    }

    /** Whether the document was one message, and hidden. */
    boolean isDropped() {
        return isDropped;
    }

    private void outsideMessages(Token token, Sink out) {
        switch (token) {
            case BEGIN_OBJECT, BEGIN_ARRAY -> {
                if (token == Token.BEGIN_ARRAY && (here.isMarked(Place.MESSAGES) || here.isMarked(Place.ROWS))) {
                    beginList(out);
                } else {
                    here.begin(token == Token.BEGIN_ARRAY);
                }
            }
            case END_OBJECT, END_ARRAY -> {
                here.end();
                if (scanner.depth() == 0 && mayBeMessage) {
                    judgeDocument(out);
                }
                chat.closed(scanner.depth());
            }
            case NAME -> {
                if (!here.member(window.bytes(), scanner.tokenStart(), scanner.position())) {
                    judgeOutside(out);
                }
            }
            case STRING -> {
                if (here.isMarked(Place.CHAT_ID)) {
                    chat.named(string(), scanner.depth());
                } else {
                    judgeOutside(out);
                }
            }
            case COMMA -> here.comma();
            case SCALAR, NONE -> {
                // Says nothing.
            }
        }
    }

    private void beginList(Sink out) {
        if (hasStray) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
        requireWithinLimit(mayBeMessage ? scanner.position() - window.front() : 0);
        mayBeMessage = false;
        isRows = here.isMarked(Place.ROWS);
        listDepth = scanner.depth();
        messages.beginList();
        outlet.send(scanner.position(), out);
    }

    /** The name or string that was just read. */
    private String string() {
        return MessageReader.string(window.bytes(), scanner.tokenStart(), scanner.position());
    }

    /**
     * A keyword where no message is known to be: emptied where words for a person are, and else perhaps a message of a kind
     * that nobody here has heard of.
     */
    private void judgeOutside(Sink out) {
        requireWithinLimit(scanner.position() - scanner.tokenStart());
        // Such a field is one value: an object in its place is something else.
        if (here.isMarked(Place.SESSION)
                || here.isMarked(Place.CHAT_ID)
                || !scanner.mayBeHidden()
                || !decider.hidesStray(string())) {
            return;
        }
        // A document that is a string alone has no end at which it would be judged as a message.
        if (mayBeMessage && scanner.depth() > 0) {
            hasStray = true;
        } else if (here.isWithin(Place.WORDS)) {
            messages.emptyWords(scanner.tokenStart(), scanner.position(), string(), here.objectDepth(), out);
        } else {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
    }

    private void amongMessages(Token token, Sink out) {
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
                listDepth = 0;
                outlet.listEnded(scanner.position(), out);
            }
            default -> throw new IllegalStateException(token + " among messages");
        }
    }

    private void judgeMessage(Sink out) {
        int from = messageStart;
        int to = scanner.position();
        requireWithinLimit(to - from);
        boolean isHarmless = !scanner.mayBeHidden() && !decider.readsEveryMessage();
        if (isHarmless || !messages.edit(from, to, isRows ? Hiding.REPLACED : Hiding.REMOVED, listDepth - 1, out)) {
            messages.deliver(from, to, out);
        }
    }

    /** The document is over, and had no list of messages in it. */
    private void judgeDocument(Sink out) {
        mayBeMessage = false;
        int from = window.front();
        int to = scanner.position();
        requireWithinLimit(to - from);
        if (!decider.isHarmless(window.bytes(), from, to)) {
            messages.edit(from, to, canBeDropped ? Hiding.DROPPED : Hiding.WITHHELD, 1, out);
            isDropped = messages.areAllHidden();
        }
    }
}
