package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.dialect.FieldMark;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.JsonScanner.Token;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is done to a message that is neither delivered as it is nor taken out. */
final class Patches {
    private static final String VISIBILITY = "visibility";

    /** A JSON string of nothing. */
    static final byte[] EMPTY = {'"', '"'};

    private Patches() {}

    /** A message with its {@code visibility}; one that is no object has no place for it and stays as it is. */
    static byte[] tagged(byte[] bytes, int from, int to, Visibility tag) {
        String quoted = "\"" + tag + "\"";
        boolean[] seen = new boolean[2];
        byte[] tagged = Patcher.patch(bytes, from, to, part -> {
            seen[0] = true;
            if (!VISIBILITY.equals(part.name())) {
                return null;
            }
            seen[1] = true;
            return quoted;
        });
        boolean isTagged = seen[1];
        if (isTagged || tagged[0] != '{') {
            return tagged;
        }
        String member = (seen[0] ? "," : "") + "\"" + VISIBILITY + "\":" + quoted + "}";
        byte[] added = member.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(tagged, tagged.length - 1 + added.length);
        System.arraycopy(added, 0, whole, tagged.length - 1, added.length);
        return whole;
    }

    /**
     * A row that says nothing in the place of one that is hidden. Of what the dialect does not name, numbers stay, since
     * clients count by them, and words go.
     */
    static byte[] harmless(Dialect dialect, byte[] bytes, int from, int to) {
        if (bytes[from] == '"') {
            // No row at all, but words that stand where one is expected.
            return EMPTY;
        }
        return Patcher.patch(bytes, from, to, part -> {
            @Nullable String instead = part.in(dialect.harmlessRow());
            FieldMark mark = part.in(dialect.fields());
            boolean isStructure = mark != null && mark.field() == Field.STRUCTURE;
            boolean stays = part.kind() == Token.SCALAR || (isStructure && isNumberInQuotes(bytes, part));
            return instead != null ? instead : stays ? null : "\"\"";
        });
    }

    /** A message with nothing in each of its names and strings that has to be hidden. */
    static byte[] emptied(byte[] bytes, int from, int to, Predicate<String> isHidden) {
        byte[] message = Arrays.copyOfRange(bytes, from, to);
        ByteArrayOutputStream emptied = new ByteArrayOutputStream(message.length);
        JsonScanner scanner = new JsonScanner();
        int copied = 0;
        Token token;
        while ((token = scanner.next(message, message.length)) != Token.NONE) {
            if ((token == Token.STRING || token == Token.NAME)
                    && isHidden.test(MessageReader.string(message, scanner.tokenStart(), scanner.position()))) {
                emptied.write(message, copied, scanner.tokenStart() - copied);
                emptied.writeBytes(EMPTY);
                copied = scanner.position();
            }
        }
        emptied.write(message, copied, message.length - copied);
        return emptied.toByteArray();
    }

    private static boolean isNumberInQuotes(byte[] bytes, Patcher.Part part) {
        return part.kind() == Token.STRING
                && MessageReader.string(bytes, part.valueStart(), part.valueEnd())
                        .chars()
                        .allMatch(c -> c >= '0' && c <= '9');
    }
}
