package io.undertone.filters.payload;

import io.undertone.filters.dialect.Decoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.FieldMark;
import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.keyword.RawScan;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Decodes one message by its dialect. */
final class MessageReader {
    /** The scanner bounds a message already. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final FieldMark NO_MARK = new FieldMark(null, null, null);

    private final Message message;
    private final byte[] bytes;
    private final int to;
    private int at;
    private int depth;

    private MessageReader(Message message, byte[] bytes, int from, int to) {
        this.message = message;
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    /**
     * Decodes the message in a range of bytes, which the scanner has read.
     *
     * @param scan can say of most values that no keyword and no hidden nickname is in them
     */
    static Message read(Dialect dialect, RawScan scan, byte[] bytes, int from, int to) {
        Message message = new Message(dialect, scan);
        new MessageReader(message, bytes, from, to).value(dialect.fields(), Field.OTHER);
        for (String type : message.all(Field.TYPE)) {
            if (dialect.isAddress(type)) {
                message.all(Field.TEXT)
                        .forEach(address -> message.add(Field.TEXT, percentDecoded(address, StandardCharsets.UTF_8)));
                break;
            }
        }
        return message;
    }

    /**
     * The first byte of the name, value or bracket to come; 0 at the end. What stands before it, if it is JSON, is white
     * space and at most one comma or colon.
     */
    private byte next() {
        while (at < to && (JsonBytes.isSpace(bytes[at]) || bytes[at] == ',' || bytes[at] == ':')) {
            at++;
        }
        return at < to ? bytes[at] : 0;
    }

    /** Decodes one string, which stands in a range of bytes with its quotes, and which the scanner has read. */
    static String string(byte[] bytes, int from, int to) {
        if (!JsonBytes.hasEscape(bytes, from, to)) {
            return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            parser.nextToken();
            return parser.getString();
        } catch (JacksonException e) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_JSON);
        }
    }

    /** What a string or number that the scanner has just read names something by; empty for all that is no name. */
    static Optional<String> id(byte[] bytes, JsonScanner value) {
        int from = value.tokenStart();
        int to = value.position();
        if (bytes[from] == '"') {
            return Optional.of(string(bytes, from, to)).filter(id -> !id.isBlank());
        }
        return bytes[from] > '9'
                ? Optional.empty()
                : Optional.of(JsonNumber.usual(new String(bytes, from, to - from, StandardCharsets.US_ASCII)));
    }

    /**
     * @param place where the value stands, null where the dialect knows of nothing
     * @param around the field that it is a part of
     */
    private void value(@Nullable PathTree<FieldMark> place, Field around) {
        FieldMark mark = place == null ? NO_MARK : place.mark().orElse(NO_MARK);
        Field field = mark.field() == null ? around : mark.field();
        // No chat system writes an object or a list where it writes a word.
        Field inside = mark.vocabulary() == null ? field : Field.OTHER;
        JsonScanner.require(++depth <= Nesting.MAX_DEPTH + 1);
        byte lead = next();
        int from = at;
        switch (lead) {
            case '{' -> object(place, inside);
            case '[' -> array(place, inside);
            case '"' -> string(mark, place, field, inside.isJudged());
            default -> {
                passScalar();
                boolean isNumber = lead <= '9';
                boolean isTruth = lead == 't' || lead == 'f';
                // null says nothing, and true and false little.
                if (isNumber || (isTruth && field == Field.VISIBILITY)) {
                    message.add(field, bytes, from, at, true, null);
                }
            }
        }
        depth--;
    }

    /** @param isJudged whether what stands inside it, if it is JSON, is judged */
    private void string(FieldMark mark, @Nullable PathTree<FieldMark> place, Field field, boolean isJudged) {
        int from = at;
        boolean isPlain = passString();
        Decoding decoding = mark.decoding();
        if (decoding == null) {
            message.add(field, bytes, from, at, isPlain, mark.vocabulary());
            if (isJudged) {
                addInside(from, isPlain);
            }
            return;
        }
        String value = string(bytes, from, at);
        byte[] inner = value.getBytes(StandardCharsets.UTF_8);
        // Nobody sees it as a string, but for what it says as JSON.
        boolean isEnvelope = decoding == Decoding.JSON && mark.field() == null && JsonScanner.isDocument(inner);
        if (!isEnvelope) {
            message.add(field, bytes, from, at, isPlain, mark.vocabulary());
        }
        switch (decoding) {
            case JSON -> json(message, inner, place, field);
            case URL -> addDecoded(field, value, percentDecoded(value, StandardCharsets.UTF_8), isJudged);
            case HTML -> addDecoded(field, value, StringEscapeUtils.unescapeHtml4(value), isJudged);
        }
    }

    private void addDecoded(Field field, String value, String decoded, boolean isJudged) {
        message.add(field, decoded);
        if (isJudged) {
            addInside(message, value);
            addInside(message, decoded);
        }
    }

    /** As {@link #addInside(Message, String)}, of the string or name that was just read. */
    private void addInside(int from, boolean isPlain) {
        if (!isPlain && JsonBytes.hasEscape(bytes, from, at)) {
            addInside(message, string(bytes, from, at));
        }
    }

    private void object(@Nullable PathTree<FieldMark> place, Field field) {
        at++;
        while (next() == '"') {
            int from = at;
            boolean isPlain = passString();
            PathTree<FieldMark> member = member(place, bytes, from, at, isPlain);
            if (member == null) {
                // A name that the dialect does not know is somebody's words as much as a value.
                message.add(Field.OTHER, bytes, from, at, isPlain, null);
                addInside(from, isPlain);
            }
            value(member, field);
        }
        passEnd('}');
    }

    private void array(@Nullable PathTree<FieldMark> place, Field field) {
        at++;
        for (int i = 0; next() != ']'; i++) {
            value(place == null ? null : place.element(i), field);
        }
        passEnd(']');
    }

    /** Whether every byte of the string is ASCII and stands for itself. */
    private boolean passString() {
        int plainEnd = JsonBytes.plainEnd(bytes, at + 1, to);
        at = JsonBytes.stringEnd(bytes, plainEnd, to);
        passEnd('"');
        return at == plainEnd + 1;
    }

    private void passScalar() {
        int from = at;
        while (at < to && bytes[at] > ' ' && !JsonBytes.endsValue(bytes[at])) {
            at++;
        }
        JsonScanner.require(at > from);
    }

    private void passEnd(char end) {
        JsonScanner.require(at < to && bytes[at] == end);
        at++;
    }

    /**
     * The place of the member whose name stands in a range of bytes with its quotes; null where no path leads.
     *
     * @param isPlain whether every byte of the name stands for itself
     */
    static <V> @Nullable PathTree<V> member(
            @Nullable PathTree<V> place, byte[] bytes, int from, int to, boolean isPlain) {
        if (place == null) {
            return null;
        }
        return isPlain ? place.member(bytes, from + 1, to - 1) : place.member(string(bytes, from, to));
    }

    /** A percent sign that begins no escape stands for itself. */
    static String percentDecoded(String value, Charset charset) {
        return URLDecoder.decode(value.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), charset);
    }

    /** Adds what stands in a value that is JSON itself: the escapes in it are its own, and hide what it says. */
    static void addInside(Message message, String value) {
        boolean mayBeJson = value.startsWith("{") || value.startsWith("[");
        if (mayBeJson && value.indexOf('\\') >= 0) {
            json(message, value.getBytes(StandardCharsets.UTF_8), null, Field.OTHER);
        }
    }

    private static void json(Message message, byte[] inner, @Nullable PathTree<FieldMark> place, Field field) {
        try {
            new MessageReader(message, inner, 0, inner.length).value(place, field);
        } catch (UnreadablePayloadException e) {
            // No JSON after all: the value is what it looks like, and that is judged already.
        }
    }
}
