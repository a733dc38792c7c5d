package io.undertone.filters.payload;

import io.undertone.filters.dialect.Decoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.PathTree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Decodes one message by its dialect. */
final class MessageReader {
    /** The scanner bounds a message already, in depth and in length. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MAX_DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Message message;
    private final JsonParser parser;

    private MessageReader(Message message, JsonParser parser) {
        this.message = message;
        this.parser = parser;
    }

    /**
     * Decodes the message in a range of bytes.
     *
     * @throws UnreadablePayloadException if it is no JSON value
     */
    static Message read(Dialect dialect, byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            Message message = new Message(dialect);
            parser.nextToken();
            new MessageReader(message, parser).value(dialect.fields(), dialect.decodings(), Field.OTHER);
            if (message.all(Field.TYPE).stream().anyMatch(dialect::isAddress)) {
                List.copyOf(message.all(Field.TEXT))
                        .forEach(address -> message.add(Field.TEXT, percentDecoded(address)));
            }
            return message;
        } catch (JacksonException e) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_JSON);
        }
    }

    /** Decodes one string, which stands in a range of bytes with its quotes, and which the scanner has read. */
    static String string(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        if (at == to) {
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
     * @param coding the same place, as far as coded values stand there
     * @param around the field that it is a part of
     */
    private void value(@Nullable PathTree<Field> place, @Nullable PathTree<Decoding> coding, Field around) {
        Field field = place == null ? around : place.mark().orElse(around);
        switch (parser.currentToken()) {
            case START_OBJECT -> object(place, coding, field);
            case START_ARRAY -> array(place, coding, field);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> message.add(field, parser.getString());
            case VALUE_STRING -> {
                String value = parser.getString();
                message.add(field, value);
                if (coding != null) {
                    coding.mark().ifPresent(how -> decoded(how, value, place, field));
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                if (field == Field.VISIBILITY) {
                    message.add(field, parser.getString());
                }
            }
            default -> {
                // null says nothing.
            }
        }
    }

    private void object(@Nullable PathTree<Field> place, @Nullable PathTree<Decoding> coding, Field field) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            PathTree<Field> member = place == null ? null : place.member(name);
            if (member == null) {
                // A name that the dialect does not know is somebody's words as much as a value.
                message.add(Field.OTHER, name);
            }
            parser.nextToken();
            value(member, coding == null ? null : coding.member(name), field);
        }
    }

    private void array(@Nullable PathTree<Field> place, @Nullable PathTree<Decoding> coding, Field field) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            value(place == null ? null : place.element(i), coding == null ? null : coding.element(i), field);
        }
    }

    private void decoded(Decoding how, String value, @Nullable PathTree<Field> place, Field field) {
        switch (how) {
            case JSON -> json(value, place, field);
            case URL -> message.add(field, percentDecoded(value));
            case HTML -> message.add(field, StringEscapeUtils.unescapeHtml4(value));
        }
    }

    /** A percent sign that begins no escape stands for itself. */
    private static String percentDecoded(String value) {
        return URLDecoder.decode(value.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
    }

    private void json(String value, @Nullable PathTree<Field> place, Field field) {
        try (JsonParser inner = JSON.createParser(ObjectReadContext.empty(), value)) {
            inner.nextToken();
            if (inner.currentToken() != null) {
                new MessageReader(message, inner).value(place, null, field);
            }
        } catch (JacksonException e) {
            // No JSON after all: the value is what it looks like, and that is judged already.
        }
    }
}
