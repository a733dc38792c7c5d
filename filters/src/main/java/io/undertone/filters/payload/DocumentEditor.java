package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.dialect.Place;
import io.undertone.filters.payload.JsonScanner.Token;
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
 * Outside of messages a string is the unit.
 */
final class DocumentEditor {
    private final Dialect dialect;
    private final Decider decider;
    private final Consumer<HiddenMessage> hidden;
    private final int limit;

    private final JsonScanner scanner = new JsonScanner();
    private final Window window = new Window();
    private final List<Level> levels = new ArrayList<>();

    /** Where the value to come stands. */
    private @Nullable PathTree<Place> place;

    /** The depth of the session field that is open, 0 when none is. */
    private int sessionDepth;

    /** The depth of the list of messages that is open, 0 when none is. */
    private int listDepth;

    private boolean inMessage;
    private int messageStart;
    private boolean anyDelivered;
    private boolean anyHidden;
    private @Nullable String chatId;

    /** @param limit the most bytes that are held to judge one message */
    DocumentEditor(Dialect dialect, Decider decider, Consumer<HiddenMessage> hidden, int limit) {
        this.dialect = dialect;
        this.decider = decider;
        this.hidden = hidden;
        this.limit = limit;
        this.place = dialect.places();
    }

    /**
     * Takes more of the document and sends what of it is judged.
     *
     * @throws UnreadablePayloadException if it cannot be judged; what was sent before was
     */
    void feed(byte[] bytes, int offset, int length, Sink out) {
        window.append(bytes, offset, length);
        Token token;
        while ((token = scanner.next(window.bytes(), window.end())) != Token.NONE) {
            if (listDepth == 0) {
                outsideMessages(token, out);
            } else {
                amongMessages(token, out);
            }
        }
        if (listDepth == 0) {
            window.send(scanner.settled(), out);
        }
        if (window.size() > limit) {
            throw new UnreadablePayloadException(UnreadableReason.MESSAGE_TOO_LARGE);
        }
        int shift = window.compact();
        scanner.shift(shift);
        messageStart -= shift;
    }

    /** No more comes. */
    void end(Sink out) {
        if (!scanner.isComplete() && !scanner.isBlank()) {
            throw new UnreadablePayloadException(UnreadableReason.TRUNCATED);
        }
        window.send(window.end(), out);
    }

    /** What was taken and neither sent nor cut. */
    Window unjudged() {
        return window;
    }

    private void outsideMessages(Token token, Sink out) {
        switch (token) {
            case BEGIN_OBJECT, BEGIN_ARRAY -> {
                if (token == Token.BEGIN_ARRAY && isMarked(Place.MESSAGES)) {
                    listDepth = scanner.depth();
                    anyDelivered = false;
                    anyHidden = false;
                    window.send(scanner.position(), out);
                } else {
                    open(token == Token.BEGIN_ARRAY);
                }
            }
            case END_OBJECT, END_ARRAY -> {
                levels.remove(levels.size() - 1);
                if (scanner.depth() < sessionDepth) {
                    sessionDepth = 0;
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
        if (sessionDepth == 0
                && decider.mayBeHidden(window.bytes(), scanner.tokenStart(), scanner.position())
                && decider.hidesStray(MessageReader.string(window.bytes(), scanner.tokenStart(), scanner.position()))) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
    }

    private void amongMessages(Token token, Sink out) {
        if (inMessage) {
            if (scanner.depth() == listDepth) {
                inMessage = false;
                judgeMessage(out);
            }
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
            }
            default -> throw new IllegalStateException(token + " among messages");
        }
    }

    private void judgeMessage(Sink out) {
        int from = messageStart;
        int to = scanner.position();
        if (decider.isHarmless(window.bytes(), from, to)) {
            deliver(to, out);
            return;
        }
        Message message = MessageReader.read(dialect, window.bytes(), from, to);
        Decision decision = decider.decide(message);
        if (decision instanceof Decision.Hide hide) {
            anyHidden = true;
            window.cut(to);
            hidden.accept(new HiddenMessage(
                    chatId, message.only(Field.POSITION).orElse(null), hide.keywordId(), hide.tag(), message.kind()));
        } else if (decision instanceof Decision.Tag tag) {
            window.send(from, out);
            Tagger.send(window.bytes(), from, to, tag.visibility(), out);
            window.cut(to);
            anyDelivered = true;
        } else {
            deliver(to, out);
        }
    }

    private void deliver(int to, Sink out) {
        anyDelivered = true;
        window.send(to, out);
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
