package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Place;
import io.undertone.filters.payload.JsonScanner.Token;
import java.util.function.Consumer;

/**
 * Edits one JSON document as it arrives: takes hidden messages out of its lists, and lets every other byte through as it
 * came. Outside of {@link MessageList lists} a string is the unit; of a dialect whose documents can be messages themselves,
 * the document.
 */
final class DocumentEditor implements Codec {
    /** How much is copied at a time behind a message of which a part came before. */
    private static final int PIECE = 1024;

    private final Decider decider;
    private final ChatScope chat;
    private final int limit;

    private final JsonScanner scanner;
    private final OpenList read;
    private final Window window = new Window();
    private final Outlet outlet;
    private final Whereabouts here;

    /** Whether the document waits because it may turn out to be one message. */
    private boolean mayBeMessage;

    private boolean hasStray;
    private final boolean canBeDropped;
    private boolean isDropped;

    private final MessageEditor messages;
    private final MessageList list;

    /**
     * @param limit the most bytes that are held to judge one message
     * @param canBeDropped whether nothing at all may come out of the document, as of a frame among others
     * @param scanner has read everything before the bytes to come
     * @param read of the bytes that come first, what was read already
     */
    DocumentEditor(
            Dialect dialect,
            Decider decider,
            Consumer<HiddenMessage> hidden,
            int limit,
            boolean canBeDropped,
            JsonScanner scanner,
            OpenList read) {
        this.decider = decider;
        this.chat = new ChatScope(dialect, decider, hidden);
        this.limit = limit;
        this.scanner = scanner;
        this.read = read;
        this.outlet = new Outlet(dialect, window, canBeDropped);
        this.messages = new MessageEditor(dialect, decider, window, outlet, chat);
        this.list = new MessageList(dialect, decider, limit, scanner, read, window, outlet, messages, chat);
        this.here = new Whereabouts(dialect.places());
        this.mayBeMessage = dialect.isFramed();
        this.canBeDropped = canBeDropped;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        int to = offset + length;
        // Of a message that began, what stands before these bytes was looked at when less was known.
        if (decider.hasLearnt()) {
            scanner.doubt();
        }
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
        read.forget();
    }

    /** Judges what is there whole. */
    private void edit(Sink out) {
        try {
            Token token;
            while (list.judgeWaiting(out) && (token = list.next()) != Token.NONE) {
                if (list.isOpen()) {
                    list.take(token, out);
                } else {
                    outsideMessages(token, out);
                }
                list.goOn(out);
            }
            if (!list.isOpen() && !mayBeMessage) {
                window.release(scanner.settled());
            }
        } finally {
            outlet.flush(out);
        }
        requireWithin(limit, list.held());
        requireWithin(limit, outlet.waiting());
    }

    /** The window's bytes stand elsewhere now. */
    private void moved(int shift) {
        scanner.shift(shift);
        list.moved(shift);
        chat.moved(shift);
    }

    /** Asked of whatever is held, and of whatever was, so that it does not matter in which pieces it came. */
    static void requireWithin(int limit, int size) {
        if (size > limit) {
            throw new UnreadablePayloadException(UnreadableReason.MESSAGE_TOO_LARGE);
        }
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
                if (!here.member(window.bytes(), scanner)) {
                    judgeOutside(out);
                }
            }
            case STRING, SCALAR -> {
                if (here.isMarked(Place.CHAT_ID)) {
                    MessageReader.id(window.bytes(), scanner).ifPresent(id -> chat.named(id, scanner.depth()));
                } else if (token == Token.STRING) {
                    judgeOutside(out);
                }
            }
            case COMMA -> here.comma();
            case NONE -> {
                // Says nothing.
            }
        }
    }

    private void beginList(Sink out) {
        if (hasStray) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
        requireWithin(limit, mayBeMessage ? scanner.position() - window.front() : 0);
        mayBeMessage = false;
        chat.listBegins(here.object(), scanner.depth() - 1);
        list.begin(here.isMarked(Place.ROWS) ? Hiding.REPLACED : Hiding.REMOVED, out);
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
        requireWithin(limit, scanner.position() - scanner.tokenStart());
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

    /** The document is over, and had no list of messages in it. */
    private void judgeDocument(Sink out) {
        mayBeMessage = false;
        int from = window.front();
        int to = scanner.position();
        requireWithin(limit, to - from);
        if (!decider.isHarmless(window.bytes(), from, to)) {
            messages.edit(messages.read(from, to), from, to, canBeDropped ? Hiding.DROPPED : Hiding.WITHHELD, 1, out);
            isDropped = messages.areAllHidden();
        }
    }
}
