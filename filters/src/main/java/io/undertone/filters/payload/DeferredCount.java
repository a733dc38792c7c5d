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
 *
 * <p>Messages of a frame's count may also come in later frames, as over CometD's WebSocket. What is hidden of them is not known
 * yet, so the frame tells its reader to wait for none: they arrive all the same, in their order.
 */
final class DeferredCount {
    private final long announced;
    private final boolean mayComeLater;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private int delivered;
    private int hidden;

    private DeferredCount(long announced, boolean mayComeLater) {
        this.announced = announced;
        this.mayComeLater = mayComeLater;
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

    /**
     * The number that stands there, null if it is no count.
     *
     * @param mayComeLater whether the messages may come behind the document, too
     */
    static @Nullable DeferredCount of(byte[] bytes, Part part, boolean mayComeLater) {
        String number =
                new String(bytes, part.valueStart(), part.valueEnd() - part.valueStart(), StandardCharsets.US_ASCII);
        return number.matches("[0-9]{1,9}") ? new DeferredCount(Long.parseLong(number), mayComeLater) : null;
    }

    void oneDelivered() {
        delivered++;
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
        boolean someComeLater = mayComeLater && delivered + hidden < announced;
        long awaited = someComeLater ? 0 : Math.max(0, announced - hidden);
        byte[] number = Long.toString(awaited).getBytes(StandardCharsets.US_ASCII);
        out.write(number, 0, number.length);
        byte[] rest = waiting.toByteArray();
        out.write(rest, 0, rest.length);
    }
}
