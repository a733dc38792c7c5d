package io.undertone.filters.payload;

import io.undertone.filters.dialect.PathTree;
import io.undertone.filters.payload.JsonScanner.Token;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks the members or elements of one message, and puts other values in the place of some; every other byte stays. */
final class Patcher {
    /** A member or element of a message. */
    record Part(@Nullable String name, int index, int valueStart, int valueEnd, Token kind) {
        /** What a tree says of this part. */
        <V> @Nullable V in(PathTree<V> tree) {
            PathTree<V> place = name == null ? tree.element(index) : tree.member(name);
            return place == null ? null : place.mark().orElse(null);
        }
    }

    private Patcher() {}

    /** Tells of each part of a value that is an object or array, in order. */
    static void forEachPart(byte[] bytes, int from, int to, Consumer<Part> parts) {
        byte[] value = Arrays.copyOfRange(bytes, from, to);
        JsonScanner scanner = new JsonScanner();
        Token token = scanner.next(value, value.length);
        if (token != Token.BEGIN_OBJECT && token != Token.BEGIN_ARRAY) {
            return;
        }
        @Nullable String name = null;
        int index = 0;
        while (true) {
            token = scanner.next(value, value.length);
            if (scanner.depth() == 0) {
                return;
            }
            if (token == Token.NAME) {
                name = MessageReader.string(value, scanner.tokenStart(), scanner.position());
            } else if (token != Token.COMMA) {
                int start = scanner.tokenStart();
                while (scanner.depth() > 1) {
                    scanner.next(value, value.length);
                }
                parts.accept(new Part(name, index++, from + start, from + scanner.position(), token));
            }
        }
    }

    /** A message, with the value that a patch names in the place of each part's own; null leaves a part as it is. */
    static byte[] patch(byte[] bytes, int from, int to, Function<Part, @Nullable String> values) {
        ByteArrayOutputStream patched = new ByteArrayOutputStream(to - from + 32);
        int[] copied = {from};
        forEachPart(bytes, from, to, part -> {
            String value = values.apply(part);
            if (value != null) {
                patched.write(bytes, copied[0], part.valueStart() - copied[0]);
                patched.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                copied[0] = part.valueEnd();
            }
        });
        patched.write(bytes, copied[0], to - copied[0]);
        return patched.toByteArray();
    }
}
