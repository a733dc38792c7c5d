package io.undertone.filters.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where messages stand in a chat system's payloads, and which of their fields mean what: data, not code. Paths are those of
 * {@link PathTree}. Immutable and safe for any number of threads.
 */
public final class Dialect {
    private final String name;
    private final PathTree<Place> places;
    private final PathTree<Field> fields;
    private final List<Map<Field, String>> exempt;
    private final List<String> renames;

    /**
     * A dialect as it is written down.
     *
     * @param name what configuration calls it
     * @param messages the arrays whose elements are messages
     * @param chatId where the session's id stands
     * @param session fields of the session that are never judged and never changed
     * @param fields the places of a message's fields, relative to the message
     * @param exempt messages that are always delivered, each by the values that it has
     * @param renames the {@link Field#TYPE types} of events whose text is a participant's new nickname
     */
    public record Source(
            String name,
            List<String> messages,
            List<String> chatId,
            List<String> session,
            Map<Field, List<String>> fields,
            List<Map<Field, String>> exempt,
            List<String> renames) {}

    /** @throws IllegalArgumentException if a path is none */
    public Dialect(Source source) {
        name = source.name();
        Map<String, Place> marks = new LinkedHashMap<>();
        source.session().forEach(path -> marks.put(path, Place.SESSION));
        source.chatId().forEach(path -> marks.put(path, Place.CHAT_ID));
        source.messages().forEach(path -> marks.put(path, Place.MESSAGES));
        places = PathTree.of(marks);
        Map<String, Field> roles = new LinkedHashMap<>();
        source.fields().forEach((field, paths) -> paths.forEach(path -> roles.put(path, field)));
        fields = PathTree.of(roles);
        exempt = source.exempt().stream().map(Map::copyOf).toList();
        renames = List.copyOf(source.renames());
    }

    /** What configuration calls it. */
    public String name() {
        return name;
    }

    /** The places of a whole document. */
    public PathTree<Place> places() {
        return places;
    }

    /** The places of one message. */
    public PathTree<Field> fields() {
        return fields;
    }

    /** Messages that are always delivered: one that has every value of one of these maps. */
    public List<Map<Field, String>> exempt() {
        return exempt;
    }

    /** Whether an event of that type renames its sender. */
    public boolean isRename(String type) {
        return renames.contains(type);
    }
}
