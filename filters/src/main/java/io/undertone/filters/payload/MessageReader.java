package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.PathTree;
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

    private final Message message = new Message();
    private final JsonParser parser;

    private MessageReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Decodes the message in a range of bytes.
     *
     * @throws UnreadablePayloadException if it is no JSON value
     */
    static Message read(Dialect dialect, byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            MessageReader reader = new MessageReader(parser);
            parser.nextToken();
            reader.value(dialect.fields(), Field.OTHER);
            return reader.message;
        } catch (JacksonException e) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_JSON);
        }
    }

    /** Decodes one string, which stands in a range of bytes with its quotes. */
    static String string(byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            parser.nextToken();
            return parser.getString();
        } catch (JacksonException e) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_JSON);
        }
    }

    /**
     * @param place where the value stands, null where the dialect knows of nothing
     * @param around the field that it is a part of
     */
    private void value(@Nullable PathTree<Field> place, Field around) {
        Field field = place == null ? around : place.mark().orElse(around);
        switch (parser.currentToken()) {
            case START_OBJECT -> object(place, field);
            case START_ARRAY -> array(place, field);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> message.add(field, parser.getString());
            default -> {
                // true, false and null say nothing.
            }
        }
    }

    private void object(@Nullable PathTree<Field> place, Field field) {
        // Where a dialect names no member, the names are somebody's words as much as the values.
        boolean namesAreText = place == null || !place.hasMembers();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (namesAreText) {
                message.add(field, name);
            }
            parser.nextToken();
            value(place == null ? null : place.member(name), field);
        }
    }

    private void array(@Nullable PathTree<Field> place, Field field) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            value(place == null ? null : place.element(i), field);
        }
    }
}
