package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.payload.Patcher.Part;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A number of messages that was announced before the messages themselves: what follows it waits until it is known how many
 * of them were hidden. CometD's client sends no first {@code /meta/connect} before it has seen as many messages as the
 * handshake's {@code x-messages} says.
 */
final class DeferredCount {
    private final long announced;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int hidden;

    private DeferredCount(long announced) {
        this.announced = announced;
    }

    /** Where a message announces a number, null if it does not. */
    static @Nullable Part find(Dialect dialect, byte[] bytes, int from, int to) {
        @Nullable Part[] found = new Part[1];
        Patcher.forEachPart(bytes, from, to, part -> {
            if (part.in(dialect.counts()) != null && part.kind() == JsonScanner.Token.SCALAR) {
                found[0] = part;
            }
        });
        return found[0];
    }

    /** The number that stands there, null if it is no count. */
    static @Nullable DeferredCount of(byte[] bytes, Part part) {
        String number =
                new String(bytes, part.valueStart(), part.valueEnd() - part.valueStart(), StandardCharsets.US_ASCII);
        return number.matches("[0-9]{1,9}") ? new DeferredCount(Long.parseLong(number)) : null;
    }

    void oneHidden() {
        hidden++;
    }

    int size() {
        return waiting.size();
    }

    void write(byte[] bytes, int offset, int length) {
        waiting.write(bytes, offset, length);
    }

    void sendTo(Sink out) {
        byte[] number = Long.toString(Math.max(0, announced - hidden)).getBytes(StandardCharsets.US_ASCII);
        out.write(number, 0, number.length);
        byte[] rest = waiting.toByteArray();
        out.write(rest, 0, rest.length);
    }
}
