package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.dialect.Place;
import io.undertone.filters.payload.JsonScanner.Token;
import io.undertone.filters.payload.Patcher.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private final Consumer<HiddenMessage> hidden;
    private final int limit;

    private JsonScanner scanner;
    private final Window window = new Window();
    private final List<Level> levels = new ArrayList<>();

    /** Where the value to come stands. */
    private @Nullable PathTree<Place> place;

    /** The depth of the session field that is open, 0 when none is. */
    private int sessionDepth;

    /** The depth of the list of messages that is open, 0 when none is. */
    private int listDepth;

    private boolean isRows;

    /** Whether the document waits because it may turn out to be one message. */
    private boolean mayBeMessage;

    private boolean hasStray;
    private final boolean canBeDropped;
    private boolean isDropped;
    private @Nullable DeferredCount count;

    private boolean inMessage;
    private int messageStart;
    private boolean anyDelivered;
    private boolean anyHidden;
    private @Nullable String chatId;

    /**
     * @param limit the most bytes that are held to judge one message
     * @param canBeDropped whether nothing at all may come out of the document, as of a frame among others
     */
    DocumentEditor(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden, int limit, boolean canBeDropped) {
        this.dialect = dialect;
        this.decider = decider;
        this.hidden = hidden;
        this.limit = limit;
        this.scanner = new JsonScanner(decider.rawScan());
        this.place = dialect.places();
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
                    passHarmless();
                }
            }
            if (listDepth == 0 && !mayBeMessage) {
                window.release(scanner.settled());
            }
        } finally {
            window.flush(sink(out));
        }
        requireWithinLimit(inMessage ? window.end() - messageStart : window.size());
        requireWithinLimit(count == null ? 0 : count.size());
    }

    /** Behind a message that was delivered, others are as long as nothing could be hidden. */
    private void passHarmless() {
        if (listDepth > 0
                && anyDelivered
                && !dialect.isCounted()
                && !decider.readsEveryMessage()
                && scanner.passHarmless(window.bytes(), window.end())) {
            window.release(scanner.position());
        }
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
        // A piece that ends within a document is not worth the scan of it.
        if (from == to || !JsonBytes.mayEndDocument(bytes[to - 1]) || decider.readsEveryMessage()) {
            return false;
        }
        JsonScanner whole = new JsonScanner(decider.rawScan());
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
            throw new UnreadablePayloadException(UnreadableReason.TRUNCATED);
        }
        window.send(window.end(), sink(out));
        sendCount(out);
    }

    @Override
    public void giveBack(Sink rest) {
        sendCount(rest);
        window.send(window.end(), rest);
    }

    /** Whether the document was one message, and hidden. */
    boolean isDropped() {
        return isDropped;
    }

    private Sink sink(Sink out) {
        return count == null ? out : count::write;
    }

    private void sendCount(Sink out) {
        if (count != null) {
            count.sendTo(out);
            count = null;
        }
    }

    private void outsideMessages(Token token, Sink out) {
        switch (token) {
            case BEGIN_OBJECT, BEGIN_ARRAY -> {
                if (token == Token.BEGIN_ARRAY && (isMarked(Place.MESSAGES) || isMarked(Place.ROWS))) {
                    beginList(out);
                } else {
                    open(token == Token.BEGIN_ARRAY);
                }
            }
            case END_OBJECT, END_ARRAY -> {
                levels.remove(levels.size() - 1);
                if (scanner.depth() < sessionDepth) {
                    sessionDepth = 0;
                }
                if (scanner.depth() == 0 && mayBeMessage) {
                    judgeDocument(out);
                }
            }
            case NAME -> {
                String name = judgedName();
                PathTree<Place> around = levels.get(levels.size() - 1).place;
                place = around == null ? null : around.member(name);
            }
            case STRING -> judgeString();
            case COMMA -> {
                Level level = levels.get(levels.size() - 1);
                if (level.isArray) {
                    place = level.nextElement();
                }
            }
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
        isRows = isMarked(Place.ROWS);
        listDepth = scanner.depth();
        anyDelivered = false;
        anyHidden = false;
        window.send(scanner.position(), sink(out));
    }

    private void open(boolean isArray) {
        if (sessionDepth == 0 && (isMarked(Place.SESSION) || isMarked(Place.CHAT_ID))) {
            sessionDepth = scanner.depth();
        }
        Level level = new Level(place, isArray);
        levels.add(level);
        if (isArray) {
            place = level.nextElement();
        }
    }

    private boolean isMarked(Place mark) {
        return place != null && place.mark().filter(mark::equals).isPresent();
    }

    private String judgedName() {
        judgeStray();
        return MessageReader.string(window.bytes(), scanner.tokenStart(), scanner.position());
    }

    private void judgeString() {
        if (isMarked(Place.CHAT_ID)) {
            chatId = MessageReader.string(window.bytes(), scanner.tokenStart(), scanner.position());
        } else if (!isMarked(Place.SESSION)) {
            judgeStray();
        }
    }

    /** A keyword where no message is known to be: perhaps a message of a kind that nobody here has heard of. */
    private void judgeStray() {
        requireWithinLimit(scanner.position() - scanner.tokenStart());
        if (sessionDepth == 0
                && scanner.mayBeHidden()
                && decider.hidesStray(MessageReader.string(window.bytes(), scanner.tokenStart(), scanner.position()))) {
            if (!mayBeMessage) {
                throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
            }
            hasStray = true;
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
                if (!anyDelivered) {
                    window.cut(scanner.position());
                }
            }
            case END_ARRAY -> {
                if (anyHidden && !anyDelivered) {
                    window.cut(scanner.tokenStart());
                }
                listDepth = 0;
                if (count != null) {
                    window.send(scanner.position(), sink(out));
                    sendCount(out);
                }
            }
            default -> throw new IllegalStateException(token + " among messages");
        }
    }

    private void judgeMessage(Sink out) {
        int from = messageStart;
        int to = scanner.position();
        requireWithinLimit(to - from);
        if (!scanner.mayBeHidden() && !decider.readsEveryMessage()) {
            deliver(from, to, out);
            return;
        }
        Message message = MessageReader.read(dialect, window.bytes(), from, to);
        Decision decision = decider.decide(message, isRows ? Hiding.REPLACED : Hiding.REMOVED);
        if (decision instanceof Decision.Hide hide) {
            if (hide.hiding() == Hiding.REPLACED) {
                replace(from, to, Patches.harmless(dialect, window.bytes(), from, to), out);
            } else {
                anyHidden = true;
                window.flush(sink(out));
                window.cut(to);
            }
            tell(message, hide);
            if (count != null) {
                count.oneHidden();
            }
        } else if (decision instanceof Decision.Tag tag) {
            replace(from, to, Patches.tagged(window.bytes(), from, to, tag.visibility()), out);
        } else {
            deliver(from, to, out);
        }
    }

    /** The document is over, and had no list of messages in it. */
    private void judgeDocument(Sink out) {
        mayBeMessage = false;
        int from = window.front();
        int to = scanner.position();
        requireWithinLimit(to - from);
        if (decider.isHarmless(window.bytes(), from, to)) {
            return;
        }
        Message message = MessageReader.read(dialect, window.bytes(), from, to);
        Decision decision = decider.decide(message, canBeDropped ? Hiding.DROPPED : Hiding.WITHHELD);
        if (decision instanceof Decision.Hide hide) {
            if (hide.hiding() == Hiding.WITHHELD) {
                throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
            }
            isDropped = true;
            window.cut(to);
            tell(message, hide);
        } else if (decision instanceof Decision.Tag tag) {
            replace(from, to, Patches.tagged(window.bytes(), from, to, tag.visibility()), out);
        }
    }

    private void tell(Message message, Decision.Hide hide) {
        hidden.accept(new HiddenMessage(
                chatId, message.only(Field.POSITION).orElse(null), hide.keywordId(), hide.tag(), message.kind()));
    }

    private void deliver(int from, int to, Sink out) {
        anyDelivered = true;
        if (dialect.isCounted() && count == null) {
            defer(DeferredCount.find(dialect, window.bytes(), from, to), out);
        }
        window.release(to);
    }

    private void defer(@Nullable Part announcement, Sink out) {
        if (announcement != null) {
            window.send(announcement.valueStart(), out);
            count = DeferredCount.of(window.bytes(), announcement);
            if (count != null) {
                window.cut(announcement.valueEnd());
            }
        }
    }

    private void replace(int from, int to, byte[] replacement, Sink out) {
        anyDelivered = true;
        window.send(from, sink(out));
        sink(out).write(replacement, 0, replacement.length);
        window.cut(to);
    }

    /** An object or array that is open, outside of messages. */
    private static final class Level {
        private final @Nullable PathTree<Place> place;
        private final boolean isArray;
        private int elements;

        Level(@Nullable PathTree<Place> place, boolean isArray) {
            this.place = place;
            this.isArray = isArray;
        }

        @Nullable
        PathTree<Place> nextElement() {
            return place == null ? null : place.element(elements++);
        }
    }
}
