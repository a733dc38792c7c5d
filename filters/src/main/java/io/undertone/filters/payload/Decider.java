package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides for one audience what becomes of a message. */
class Decider {
    /** Stands for a keyword's id where a participant was hidden whole. */
    static final String PARTICIPANT = "participant";
    /** Stands for a keyword's id where a message says itself that it is not for the audience. */
    static final String VISIBILITY = "visibility";

    /** What follows the name of a member: a number, or nothing before the quote of a string. */
    private static final Pattern MEMBER_VALUE = Pattern.compile("\\s*:\\s*([^\\s,}\\]]*)");

    private final Dialect dialect;
    private final KeywordSet keywords;
    private final Audience audience;
    private final ChatMemory memory;
    /** Of the chat that the payload names, where it does. */
    private @Nullable ChatMemory chat;
    /** Whether the payload may still name the chat of the messages that it shows. */
    private boolean mayBeNamed;
    /** The hidden participants of a chat that the payload may still name, where there are any. */
    private @Nullable ChatMemory ofUnnamedChat;

    private long additionsSeen;

    Decider(Dialect dialect, KeywordSet keywords, Audience audience, ChatMemory memory) {
        this.dialect = dialect;
        this.keywords = keywords;
        this.audience = audience;
        this.memory = memory;
        this.additionsSeen = memory.additions();
    }

    /** Whether the bytes of a message may be delivered without a look at what they say. */
    boolean isHarmless(byte[] bytes, int from, int to) {
        return !readsEveryMessage() && !remembersAny() && !mayBeHidden(bytes, from, to);
    }

    /** Whether a message may have to be hidden although no scan of its bytes finds why. */
    boolean readsEveryMessage() {
        return !dialect.isScannable();
    }

    /** Whether a participant was found to be hidden, so that its id says what no scan finds. */
    final boolean remembersAny() {
        return !memory.isEmpty() || (chat != null && !chat.isEmpty()) || (mayBeNamed && memory.hasOthers());
    }

    /** Whether somebody may have been found to be hidden since this was asked last: other replies find them, too. */
    final boolean hasLearnt() {
        long additions = memory.additions();
        boolean hasMore = additions != additionsSeen;
        additionsSeen = additions;
        return hasMore;
    }

    /**
     * Whether a text could be the id of a participant that was found to be hidden.
     *
     * @param isPlain whether every byte stands for itself
     */
    final boolean mayRemember(byte[] bytes, int from, int to, boolean isPlain) {
        return remembersAny()
                && (memory.knows(bytes, from, to)
                        || (chat != null && chat.knows(bytes, from, to))
                        || (mayBeNamed && memory.othersKnow(bytes, from, to))
                        || (!isPlain
                                && (JsonBytes.hasEscape(bytes, from, to) || JsonNumber.mayBeUnusual(bytes, from, to))));
    }

    /** What can say of most texts that nothing in them is hidden. */
    final RawScan rawScan() {
        return keywords.rawScan();
    }

    /** As {@link #readsEveryMessage}, of a document that may name the chats of its messages itself. */
    boolean readsEveryDocument() {
        return readsEveryMessage() || (dialect.namesChats() && memory.hasOthers());
    }

    /** Messages follow, and only behind them is it said of which chat they are, if it is. */
    void enterUnnamed() {
        mayBeNamed = true;
    }

    /** What follows is of a chat, and so was what came since the last was left. */
    void enter(String chatId) {
        mayBeNamed = false;
        ChatMemory entered = memory.ofChat(chatId);
        if (ofUnnamedChat != null) {
            ofUnnamedChat.forEach(entered::hide);
        }
        chat = entered;
    }

    /** Nobody will say of which chat it is that was entered last. */
    void staysUnnamed() {
        mayBeNamed = false;
    }

    /** What follows is of another chat, or of one that nothing names. */
    void leave() {
        over();
        mayBeNamed = false;
        ofUnnamedChat = null;
        chat = null;
    }

    /** No more follows of the chat that was entered last. */
    void over() {
        if (ofUnnamedChat != null && chat == null) {
            ofUnnamedChat.forEach(memory::hideInAnyChat);
        }
    }

    /**
     * Whether a message has to be hidden if it is of one of the chats that are known, and else may be seen, while nobody
     * has said yet of which it is.
     */
    final boolean isInDoubt(Message message) {
        return mayBeNamed
                && remembersAny()
                && message.exemption().isEmpty()
                && signOfHiddenParticipant(message)
                        .filter(sign -> sign.sign() == Reason.Sign.KNOWN_ID && !remembers(sign.value(), message.kind()))
                        .isPresent();
    }

    private void remember(Message message, Reason.Sign sign) {
        // Neither a doubt nor an id that was found in one chat says anything of another.
        if (!isInDoubt(message) && (sign != Reason.Sign.KNOWN_ID || !isOfNoChat())) {
            message.participants().forEach(id -> remember(id, message.kind()));
        }
    }

    private boolean isOfNoChat() {
        return chat == null && !mayBeNamed;
    }

    private void remember(String participantId, SenderKind kind) {
        if (isOfNoChat()) {
            memory.hideInAnyChat(participantId, kind);
            return;
        }
        memory.hide(participantId, kind);
        if (chat != null) {
            chat.hide(participantId, kind);
            return;
        }
        if (ofUnnamedChat == null) {
            ofUnnamedChat = new ChatMemory();
        }
        ofUnnamedChat.hide(participantId, kind);
    }

    private boolean remembers(String participantId, SenderKind kind) {
        if (isOfNoChat()) {
            return memory.hides(participantId, kind);
        }
        return memory.hidesInAnyChat(participantId, kind)
                || (chat != null && chat.hides(participantId, kind))
                || (ofUnnamedChat != null && ofUnnamedChat.hides(participantId, kind));
    }

    private boolean mayBeHidden(String participantId, SenderKind kind) {
        return remembers(participantId, kind) || (mayBeNamed && memory.hidesInSomeChat(participantId, kind));
    }

    /** Something for which a message may have to be hidden, and from whom. */
    private record Cause(String id, Visibility tag) {
        /** The one that hides from more, this one where both hide from the same. */
        Cause orStricter(Cause other) {
            return other.tag.compareTo(tag) > 0 ? other : this;
        }
    }

    /** @param hiding how it is hidden where it stands, if it has to be */
    Decision decide(Message message, Hiding hiding) {
        return outcome(message, hiding);
    }

    private Decision outcome(Message message, Hiding hiding) {
        Optional<Keyword> carried = keywords.find(message.kind(), message.suspects());
        if (!message.exemption().isEmpty()) {
            // It has to arrive, and nobody says that all its words do.
            return carried.filter(keyword -> !audience.maySee(keyword.visibility()))
                    .<Decision>map(keyword -> new Decision.Hide(keyword.id(), keyword.visibility(), Hiding.EMPTIED))
                    .orElse(Decision.DELIVER);
        }
        Optional<Reason.HiddenSender> hiddenSender = signOfHiddenParticipant(message);
        hiddenSender.ifPresent(sign -> remember(message, sign.sign()));
        Cause strictest = new Cause(PARTICIPANT, hiddenSender.isPresent() ? Visibility.VIP : Visibility.ALL);
        if (carried.isPresent()) {
            strictest = strictest.orStricter(
                    new Cause(carried.get().id(), carried.get().visibility()));
        }
        Cause own = new Cause(VISIBILITY, message.visibility());
        strictest = strictest.orStricter(own);
        if (!audience.maySee(strictest.tag())) {
            return new Decision.Hide(strictest.id(), strictest.tag(), hiding);
        }
        // What says itself who may see it needs no tag.
        return strictest.tag() == Visibility.ALL || strictest.equals(own)
                ? Decision.DELIVER
                : new Decision.Tag(strictest.tag());
    }

    /** By what a message shows that it is of a participant that is hidden whole; empty for all others. */
    final Optional<Reason.HiddenSender> signOfHiddenParticipant(Message message) {
        SenderKind kind = message.kind();
        if (kind == SenderKind.CLIENT) {
            return Optional.empty();
        }
        Optional<Reason.HiddenSender> sign = hiddenNickname(message, Field.NICKNAME, Reason.Sign.NICKNAME, kind);
        if (sign.isEmpty() && isRename(message)) {
            sign = hiddenNickname(message, Field.TEXT, Reason.Sign.RENAME, kind);
        }
        if (sign.isEmpty() && remembersAny()) {
            for (String id : message.participants()) {
                if (mayBeHidden(id, kind)) {
                    return Optional.of(new Reason.HiddenSender(Reason.Sign.KNOWN_ID, id));
                }
            }
        }
        return sign;
    }

    private Optional<Reason.HiddenSender> hiddenNickname(
            Message message, Field field, Reason.Sign sign, SenderKind kind) {
        for (String nickname : message.suspects(field)) {
            if (keywords.hidesParticipant(nickname, kind)) {
                return Optional.of(new Reason.HiddenSender(sign, nickname));
            }
        }
        return Optional.empty();
    }

    private boolean isRename(Message message) {
        for (String type : message.all(Field.TYPE)) {
            if (dialect.isRename(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether bytes of no known shape are kept from the audience, in any of their {@link TextReadings readings}. What is not
     * UTF-8 cannot be read.
     */
    final boolean hidesText(byte[] bytes, int from, int to) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return true;
        }
        if (text.indexOf('\0') >= 0) {
            return true;
        }
        return TextReadings.of(text).stream().anyMatch(this::hidesReading);
    }

    /** As {@link #hidesText}, without a reading where the bytes show that there is nothing to hide. */
    final boolean maySayHidden(byte[] bytes, int from, int to) {
        return (mayBeHidden(bytes, from, to) || !TextReadings.isPlain(bytes, from, to)) && hidesText(bytes, from, to);
    }

    /** A text is judged whole, and in the pieces that quotes and tags make of it, as a keyword may want to stand alone. */
    private boolean hidesReading(String text) {
        List<String> pieces = List.of(text.split("[\"<>]", -1));
        Message message = new Message(dialect, rawScan());
        message.add(Field.OTHER, text);
        pieces.forEach(piece -> message.add(Field.OTHER, piece));
        addMembers(pieces, message);
        // What is harmless is no message of anybody's, and needs no decision.
        return (outcome(message, Hiding.DROPPED) instanceof Decision.Hide
                        && decide(message, Hiding.DROPPED) instanceof Decision.Hide)
                || pieces.stream()
                        .anyMatch(piece -> keywords.hidesParticipant(piece, SenderKind.EXTERNAL)
                                && !audience.maySee(Visibility.VIP));
    }

    /** What stands there may be an object behind something else: a message can say who it is of, and who may see it. */
    private void addMembers(List<String> pieces, Message message) {
        for (int name = 0; name + 1 < pieces.size(); name++) {
            Matcher value = MEMBER_VALUE.matcher(pieces.get(name + 1));
            Optional<Field> field = dialect.tellingField(pieces.get(name));
            if (field.isPresent() && value.lookingAt()) {
                boolean isString = value.group(1).isEmpty() && value.hitEnd() && name + 2 < pieces.size();
                message.add(field.get(), isString ? pieces.get(name + 2) : value.group(1));
            }
        }
    }

    /** Whether words that belong to no message would have to be hidden. */
    boolean hidesStray(String words) {
        return hidesWords(SenderKind.UNKNOWN, words);
    }

    /** Whether words would have to be hidden if they were all that a sender said. */
    final boolean hidesWords(SenderKind sender, String words) {
        return keywords.find(sender, Message.ofWords(dialect, rawScan(), words).suspects())
                .filter(keyword -> !audience.maySee(keyword.visibility()))
                .isPresent();
    }

    /** Goes on with the scan of bytes, see {@link RawScan#advance}. */
    int advance(int state, byte[] bytes, int from, int to) {
        return keywords.rawScan().advance(state, bytes, from, to);
    }

    /** Whether anything in these bytes could be hidden. */
    boolean mayBeHidden(byte[] bytes, int from, int to) {
        return keywords.rawScan().mayMatch(bytes, from, to);
    }
}
