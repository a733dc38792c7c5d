package io.undertone.filters.dialect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where messages stand in a chat system's payloads, and which of their fields mean what: data, not code. Paths are those of
 * {@link PathTree}. Immutable and safe for any number of threads.
 */
public final class Dialect {
    private final String name;
    private final Pattern chatPath;
    private final Pattern downloadPath;
    private final PathTree<Place> places;
    private final PathTree<Field> fields;
    private final List<Map<Field, String>> exempt;
    private final List<String> renames;

    /**
     * A dialect as it is written down.
     *
     * @param name what configuration calls it
     * @param chatPath an RE2 pattern for the paths under which chats are spoken of; its first group is the session's id
     * @param downloadPath an RE2 pattern for those of them that answer with a file
     * @param messages the arrays whose elements are messages
     * @param chatId where the session's id stands
     * @param session fields of the session that are never judged and never changed
     * @param fields the places of a message's fields, relative to the message
     * @param exempt messages that are always delivered, each by the values that it has
     * @param renames the {@link Field#TYPE types} of events whose text is a participant's new nickname
     */
    public record Source(
            String name,
            String chatPath,
            String downloadPath,
            List<String> messages,
            List<String> chatId,
            List<String> session,
            Map<Field, List<String>> fields,
            List<Map<Field, String>> exempt,
            List<String> renames) {}

    /** @throws IllegalArgumentException if a path or a pattern is none */
    public Dialect(Source source) {
        name = source.name();
        chatPath = Pattern.compile(source.chatPath());
        downloadPath = Pattern.compile(source.downloadPath());
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

    /** Whether a request's path is one under which a chat is spoken of, and not one that answers with a file. */
    public boolean isChatPath(String path) {
        return chatPath.matcher(path).matches() && !downloadPath.matcher(path).matches();
    }

    /** The session's id, as far as a request's path names it. */
    public Optional<String> chatIdIn(String path) {
        Matcher matcher = chatPath.matcher(path);
        return matcher.matches() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
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
