package io.undertone.filters.payload;

import io.undertone.filters.dialect.Decoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.payload.JsonScanner.Token;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
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

    private final Message message;
    private final byte[] bytes;
    private final int to;
    private final JsonScanner scanner;

    private MessageReader(Message message, byte[] bytes, int from, int to) {
        this.message = message;
        this.bytes = bytes;
        this.to = to;
        this.scanner = new JsonScanner();
        scanner.shift(-from);
    }

    /**
     * Decodes the message in a range of bytes.
     *
     * @throws UnreadablePayloadException if it is no JSON value
     */
    static Message read(Dialect dialect, byte[] bytes, int from, int to) {
        Message message = new Message(dialect);
        MessageReader reader = new MessageReader(message, bytes, from, to);
        reader.value(reader.next(), dialect.fields(), dialect.vocabulary(), dialect.decodings(), Field.OTHER);
        for (String type : message.all(Field.TYPE)) {
            if (dialect.isAddress(type)) {
                message.all(Field.TEXT)
                        .forEach(address -> message.add(Field.TEXT, percentDecoded(address, StandardCharsets.UTF_8)));
                break;
            }
        }
        return message;
    }

    /** The next token that is no comma. A number may end with the bytes. */
    private Token next() {
        Token token;
        do {
            token = scanner.next(bytes, to);
        } while (token == Token.COMMA);
        if (token == Token.NONE) {
            JsonScanner.require(scanner.isComplete());
            return Token.SCALAR;
        }
        return token;
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

    /**
     * @param place where the value stands, null where the dialect knows of nothing
     * @param vocabulary the same place, as far as only the chat system writes there
     * @param coding the same place, as far as coded values stand there
     * @param around the field that it is a part of
     */
    private void value(
            Token token,
            @Nullable PathTree<Field> place,
            @Nullable PathTree<Set<String>> vocabulary,
            @Nullable PathTree<Decoding> coding,
            Field around) {
        Field field = place == null ? around : place.mark().orElse(around);
        Set<String> words = vocabulary == null ? null : vocabulary.mark().orElse(null);
        // No chat system writes an object or a list where it writes a word.
        Field inside = words == null ? field : Field.OTHER;
        switch (token) {
            case BEGIN_OBJECT -> object(place, vocabulary, coding, inside);
            case BEGIN_ARRAY -> array(place, vocabulary, coding, inside);
            case STRING -> {
                String value = string();
                boolean isForeign = words != null && !words.contains(value) && !isNumber(value);
                message.add(field, value, field.isJudged() || isForeign);
                Decoding how = coding == null ? null : coding.mark().orElse(null);
                if (how != null) {
                    decoded(how, value, place, field);
                } else if (inside.isJudged()) {
                    addInside(message, value);
                }
            }
            default -> {
                byte lead = bytes[scanner.tokenStart()];
                boolean isNumber = lead <= '9';
                boolean isTruth = lead == 't' || lead == 'f';
                // null says nothing, and true and false little.
                if (isNumber || (isTruth && field == Field.VISIBILITY)) {
                    message.add(field, text(scanner.tokenStart(), scanner.position()));
                }
            }
        }
    }

    private static boolean isNumber(String value) {
        return value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void object(
            @Nullable PathTree<Field> place,
            @Nullable PathTree<Set<String>> vocabulary,
            @Nullable PathTree<Decoding> coding,
            Field field) {
        while (next() != Token.END_OBJECT) {
            int from = scanner.tokenStart();
            int end = scanner.position();
            PathTree<Field> member = member(place, bytes, from, end);
            if (member == null) {
                // A name that the dialect does not know is somebody's words as much as a value.
                message.add(Field.OTHER, string());
            }
            PathTree<Set<String>> vocabularyOfMember = member(vocabulary, bytes, from, end);
            PathTree<Decoding> codingOfMember = member(coding, bytes, from, end);
            value(next(), member, vocabularyOfMember, codingOfMember, field);
        }
    }

    /** The place of the member whose name stands in a range of bytes with its quotes; null where no path leads. */
    static <V> @Nullable PathTree<V> member(@Nullable PathTree<V> place, byte[] bytes, int from, int to) {
        if (place == null) {
            return null;
        }
        return JsonBytes.hasEscape(bytes, from, to)
                ? place.member(string(bytes, from, to))
                : place.member(bytes, from + 1, to - 1);
    }

    private void array(
            @Nullable PathTree<Field> place,
            @Nullable PathTree<Set<String>> vocabulary,
            @Nullable PathTree<Decoding> coding,
            Field field) {
        Token token = next();
        for (int i = 0; token != Token.END_ARRAY; i++) {
            value(
                    token,
                    place == null ? null : place.element(i),
                    vocabulary == null ? null : vocabulary.element(i),
                    coding == null ? null : coding.element(i),
                    field);
            token = next();
        }
    }

    private String string() {
        return string(bytes, scanner.tokenStart(), scanner.position());
    }

    private String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private void decoded(Decoding how, String value, @Nullable PathTree<Field> place, Field field) {
        switch (how) {
            case JSON -> json(message, value, place, field);
            case URL -> message.add(field, percentDecoded(value, StandardCharsets.UTF_8));
            case HTML -> message.add(field, StringEscapeUtils.unescapeHtml4(value));
        }
    }

    /** A percent sign that begins no escape stands for itself. */
    static String percentDecoded(String value, Charset charset) {
        return URLDecoder.decode(value.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), charset);
    }

    /** Adds what stands in a value that is JSON itself: the escapes in it are its own, and hide what it says. */
    static void addInside(Message message, String value) {
        boolean mayBeJson = value.startsWith("{") || value.startsWith("[");
        if (mayBeJson && value.indexOf('\\') >= 0) {
            json(message, value, null, Field.OTHER);
        }
    }

    private static void json(Message message, String value, @Nullable PathTree<Field> place, Field field) {
        byte[] inner = value.getBytes(StandardCharsets.UTF_8);
        MessageReader reader = new MessageReader(message, inner, 0, inner.length);
        try {
            reader.value(reader.next(), place, null, null, field);
        } catch (UnreadablePayloadException e) {
            // No JSON after all: the value is what it looks like, and that is judged already.
        }
    }
}
