package io.undertone.filters.dialect;

import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dialect as it is written down, in the built-in catalogue or by an operator. Whatever is left out is empty. Paths are
 * those of {@link PathTree}.
 *
 * @param name what configuration calls it
 * @param like the names of dialects all of whose places and values it has, too; what it says itself goes before theirs
 * @param chatPath an RE2 pattern for the paths under which chats are spoken of; its first group, if it has one, is the
 *     session's id
 * @param downloadPath an RE2 pattern for those of them that answer with a file
 * @param messages the arrays whose elements are messages; a hidden one is taken out
 * @param rows the arrays whose elements clients count; a hidden one is replaced, see {@code harmlessRow}
 * @param frames whether a document without such an array is one message itself, as in a WebSocket message; a hidden one is
 *     dropped whole
 * @param chatId where the session's id stands
 * @param session fields of the session that are never judged and never changed
 * @param words fields outside of messages that hold words for a person to read; those with a keyword are emptied
 * @param counts where a message says how many messages come with it, relative to that message; lowered by the hidden ones
 * @param fields the places of a message's fields, relative to the message
 * @param vocabulary the words that the chat system itself writes at a place that no person fills, relative to the message:
 *     whatever else stands there, but for numbers, is judged
 * @param kinds what the values of {@link Field#KIND} mean, beyond the usual names; {@code *} is any value
 * @param visibilities what the values of {@link Field#VISIBILITY} mean, beyond the names of {@link Visibility}
 * @param decode values that are coded once more inside their string, relative to the message
 * @param exempt messages that are always delivered, each by the values that it has; {@code *} at a value's end is any end
 * @param renames the {@link Field#TYPE types} of events whose text is a participant's new nickname
 * @param addresses the {@link Field#TYPE types} of events whose text is a percent-encoded address
 * @param harmlessRow what becomes of a hidden row: JSON values by their paths, all else in the row staying as it is
 * @param ended members that say that the chat ended, wherever they stand: their JSON values by their names
 * @param goesOn members that say together that the chat goes on, wherever they stand: their JSON values by their names. It is
 *     taken over from another dialect whole or not at all
 * @param candidates the names of dialects that a request's path is tried on first, in this order
 */
public record DialectSource(
        String name,
        List<String> like,
        String chatPath,
        String downloadPath,
        List<String> messages,
        List<String> rows,
        boolean frames,
        List<String> chatId,
        List<String> session,
        List<String> words,
        List<String> counts,
        Map<Field, List<String>> fields,
        Map<String, List<String>> vocabulary,
        Map<String, SenderKind> kinds,
        Map<String, Visibility> visibilities,
        Map<String, Decoding> decode,
        List<Map<Field, String>> exempt,
        List<String> renames,
        List<String> addresses,
        Map<String, String> harmlessRow,
        Map<String, String> ended,
        Map<String, String> goesOn,
        List<String> candidates) {

    /** A pattern that no path has. */
    public static final String NO_PATH = "[^\\x00-\\x{10FFFF}]";

    public DialectSource {
        like = orEmpty(like);
        chatPath = chatPath == null ? NO_PATH : chatPath;
        downloadPath = downloadPath == null ? NO_PATH : downloadPath;
        messages = orEmpty(messages);
        rows = orEmpty(rows);
        chatId = orEmpty(chatId);
        session = orEmpty(session);
        words = orEmpty(words);
        counts = orEmpty(counts);
        fields = fields == null ? Map.of() : Map.copyOf(fields);
        vocabulary = vocabulary == null ? Map.of() : Map.copyOf(vocabulary);
        kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
        visibilities = visibilities == null ? Map.of() : Map.copyOf(visibilities);
        decode = decode == null ? Map.of() : Map.copyOf(decode);
        exempt = exempt == null ? List.of() : List.copyOf(exempt);
        renames = orEmpty(renames);
        addresses = orEmpty(addresses);
        harmlessRow = harmlessRow == null ? Map.of() : Map.copyOf(harmlessRow);
        ended = ended == null ? Map.of() : Map.copyOf(ended);
        goesOn = goesOn == null ? Map.of() : Map.copyOf(goesOn);
        candidates = orEmpty(candidates);
    }

    private static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** The same dialect with everything of another one besides, as far as it says nothing else itself. */
    DialectSource with(DialectSource other) {
        Set<String> places = Stream.of(messages, rows, chatId, session, words)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        return new DialectSource(
                name,
                both(like, other.like, Set.of()),
                chatPath.equals(NO_PATH) ? other.chatPath : chatPath,
                downloadPath.equals(NO_PATH) ? other.downloadPath : downloadPath,
                both(messages, other.messages, places),
                both(rows, other.rows, places),
                frames || other.frames,
                both(chatId, other.chatId, places),
                both(session, other.session, places),
                both(words, other.words, places),
                both(counts, other.counts, Set.of()),
                bothFields(other),
                both(vocabulary, other.vocabulary),
                both(kinds, other.kinds),
                both(visibilities, other.visibilities),
                both(decode, other.decode),
                both(exempt, other.exempt, Set.of()),
                both(renames, other.renames, Set.of()),
                both(addresses, other.addresses, Set.of()),
                both(harmlessRow, other.harmlessRow),
                both(ended, other.ended),
                goesOn.isEmpty() ? other.goesOn : goesOn,
                candidates);
    }

    private Map<Field, List<String>> bothFields(DialectSource other) {
        Set<String> own = fields.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Map<Field, List<String>> all = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            all.put(
                    field,
                    both(fields.getOrDefault(field, List.of()), other.fields.getOrDefault(field, List.of()), own));
        }
        return all;
    }

    private static <T> List<T> both(List<T> own, List<T> others, Collection<T> saidOtherwise) {
        Set<T> all = new LinkedHashSet<>(own);
        others.stream().filter(value -> !saidOtherwise.contains(value)).forEach(all::add);
        return List.copyOf(all);
    }

    private static <V> Map<String, V> both(Map<String, V> own, Map<String, V> others) {
        Map<String, V> all = new HashMap<>(others);
        all.putAll(own);
        return all;
    }
}
