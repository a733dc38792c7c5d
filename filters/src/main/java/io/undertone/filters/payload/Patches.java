package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.JsonScanner.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is done to a message that is neither delivered as it is nor taken out. */
final class Patches {
    private static final String VISIBILITY = "visibility";
    private static final String EMPTY = "\"\"";

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
        return Patcher.patch(bytes, from, to, part -> {
            @Nullable String instead = part.in(dialect.harmlessRow());
            boolean stays = part.kind() == Token.SCALAR
                    || (part.in(dialect.fields()) == Field.STRUCTURE && isNumberInQuotes(bytes, part));
            return instead != null ? instead : stays ? null : EMPTY;
        });
    }

    private static boolean isNumberInQuotes(byte[] bytes, Patcher.Part part) {
        if (part.kind() != Token.STRING) {
            return false;
        }
        for (int i = part.valueStart() + 1; i < part.valueEnd() - 1; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }
}
