package io.undertone.filters.dialect;

import io.undertone.filters.keyword.SenderKind;
import java.util.List;
import java.util.Map;

/**
 * A dialect as it is written down, in the built-in catalogue or by an operator. Whatever is left out is empty. Paths are
 * those of {@link PathTree}.
 *
 * @param name what configuration calls it
 * @param chatPath an RE2 pattern for the paths under which chats are spoken of; its first group, if it has one, is the
 *     session's id
 * @param downloadPath an RE2 pattern for those of them that answer with a file
 * @param messages the arrays whose elements are messages; a hidden one is taken out
 * @param rows the arrays whose elements clients count; a hidden one is replaced, see {@code harmlessRow}
 * @param frames whether a document without such an array is one message itself, as in a WebSocket message; a hidden one is
 *     dropped whole
 * @param chatId where the session's id stands
 * @param session fields of the session that are never judged and never changed
 * @param counts where a message says how many messages come with it, relative to that message; lowered by the hidden ones
 * @param fields the places of a message's fields, relative to the message
 * @param kinds what the values of {@link Field#KIND} mean, beyond the usual names; {@code *} is any value
 * @param decode values that are coded once more inside their string, relative to the message
 * @param exempt messages that are always delivered, each by the values that it has; {@code *} at a value's end is any end
 * @param renames the {@link Field#TYPE types} of events whose text is a participant's new nickname
 * @param harmlessRow what becomes of a hidden row: JSON values by their paths, all else in the row staying as it is
 * @param candidates the names of dialects that a request's path is tried on first, in this order
 */
public record DialectSource(
        String name,
        String chatPath,
        String downloadPath,
        List<String> messages,
        List<String> rows,
        boolean frames,
        List<String> chatId,
        List<String> session,
        List<String> counts,
        Map<Field, List<String>> fields,
        Map<String, SenderKind> kinds,
        Map<String, Decoding> decode,
        List<Map<Field, String>> exempt,
        List<String> renames,
        Map<String, String> harmlessRow,
        List<String> candidates) {

    /** A pattern that no path has. */
    public static final String NO_PATH = "[^\\x00-\\x{10FFFF}]";

    public DialectSource {
        chatPath = chatPath == null ? NO_PATH : chatPath;
        downloadPath = downloadPath == null ? NO_PATH : downloadPath;
        messages = orEmpty(messages);
        rows = orEmpty(rows);
        chatId = orEmpty(chatId);
        session = orEmpty(session);
        counts = orEmpty(counts);
        fields = fields == null ? Map.of() : Map.copyOf(fields);
        kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
        decode = decode == null ? Map.of() : Map.copyOf(decode);
        exempt = exempt == null ? List.of() : List.copyOf(exempt);
        renames = orEmpty(renames);
        harmlessRow = harmlessRow == null ? Map.of() : Map.copyOf(harmlessRow);
        candidates = orEmpty(candidates);
    }

    private static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
