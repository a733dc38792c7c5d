package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.StringEscapeUtils;

/** Decides for one audience what becomes of a message. */
class Decider {
    /** Stands for a keyword's id where a participant was hidden whole. */
    static final String PARTICIPANT = "participant";

    private final Dialect dialect;
    private final KeywordSet keywords;
    private final Audience audience;
    private final ChatMemory memory;

    Decider(Dialect dialect, KeywordSet keywords, Audience audience, ChatMemory memory) {
        this.dialect = dialect;
        this.keywords = keywords;
        this.audience = audience;
        this.memory = memory;
    }

    /** Whether the bytes of a message may be delivered without a look at what they say. */
    boolean isHarmless(byte[] bytes, int from, int to) {
        return !readsEveryMessage() && !mayBeHidden(bytes, from, to);
    }

    /** Whether a message may have to be hidden although no scan of its bytes finds why. */
    boolean readsEveryMessage() {
        return !memory.isEmpty() || dialect.isCoded();
    }

    /** What can say of most texts that nothing in them is hidden. */
    final RawScan rawScan() {
        return keywords.rawScan();
    }

    /** @param hiding how it is hidden where it stands, if it has to be */
    Decision decide(Message message, Hiding hiding) {
        if (message.exemption().isPresent()) {
            return Decision.DELIVER;
        }
        if (signOfHiddenParticipant(message).isPresent()) {
            message.all(Field.PARTICIPANT).forEach(memory::hide);
            return hideFromAudience(PARTICIPANT, Visibility.VIP, hiding);
        }
        return keywords.find(message.kind(), message.texts())
                .map(keyword -> hideFromAudience(keyword.id(), keyword.visibility(), hiding))
                .orElse(Decision.DELIVER);
    }

    private Decision hideFromAudience(String keywordId, Visibility tag, Hiding hiding) {
        return audience.maySee(tag) ? new Decision.Tag(tag) : new Decision.Hide(keywordId, tag, hiding);
    }

    /** By what a message shows that it is of a participant that is hidden whole; empty for all others. */
    final Optional<Reason.HiddenSender> signOfHiddenParticipant(Message message) {
        SenderKind kind = message.kind();
        if (kind == SenderKind.CLIENT) {
            return Optional.empty();
        }
        Stream<Reason.HiddenSender> nicknames = message.all(Field.NICKNAME).stream()
                .filter(nickname -> keywords.hidesParticipant(nickname, kind))
                .map(nickname -> new Reason.HiddenSender(Reason.Sign.NICKNAME, nickname));
        Stream<Reason.HiddenSender> newNicknames = message.only(Field.TYPE).filter(dialect::isRename).stream()
                .flatMap(type -> message.all(Field.TEXT).stream())
                .filter(nickname -> keywords.hidesParticipant(nickname, kind))
                .map(nickname -> new Reason.HiddenSender(Reason.Sign.RENAME, nickname));
        Stream<Reason.HiddenSender> ids = message.all(Field.PARTICIPANT).stream()
                .filter(id -> (kind == SenderKind.EXTERNAL || kind == SenderKind.UNKNOWN) && memory.hides(id))
                .map(id -> new Reason.HiddenSender(Reason.Sign.KNOWN_ID, id));
        return Stream.of(nicknames, newNicknames, ids).flatMap(signs -> signs).findFirst();
    }

    /**
     * Whether bytes of no known shape are kept from the audience: read as text, as it stands and with the escapes of JSON and
     * HTML undone. What is not UTF-8 cannot be read.
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
        return Stream.of(text, unescaped(text), StringEscapeUtils.unescapeHtml4(text))
                .distinct()
                .anyMatch(this::hidesReading);
    }

    /** A text is judged whole, and in the pieces that quotes and tags make of it, as a keyword may want to stand alone. */
    private boolean hidesReading(String text) {
        List<String> pieces = List.of(text.split("[\"<>]", -1));
        Message message = new Message(dialect);
        message.add(Field.OTHER, text);
        pieces.forEach(piece -> message.add(Field.OTHER, piece));
        return decide(message, Hiding.DROPPED) instanceof Decision.Hide
                || pieces.stream()
                        .anyMatch(piece -> keywords.hidesParticipant(piece, SenderKind.EXTERNAL)
                                && !audience.maySee(Visibility.VIP));
    }

    private static String unescaped(String text) {
        try {
            return StringEscapeUtils.unescapeJson(text);
        } catch (IllegalArgumentException e) {
            // A backslash that begins no escape: the text is what it looks like.
            return text;
        }
    }

    /** Whether words that belong to no message would have to be hidden. */
    boolean hidesStray(String words) {
        return keywords.find(SenderKind.UNKNOWN, List.of(words))
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
