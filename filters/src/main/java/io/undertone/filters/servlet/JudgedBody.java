package io.undertone.filters.servlet;

import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.coding.Decoder;
import io.undertone.filters.coding.Encoder;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.Sink;
import io.undertone.filters.payload.UnreadableReason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One body on its way past the judge: its codings are taken off, it is judged, and coded again. What is ready waits here. */
final class JudgedBody {
    private final Decoder decoder;
    private final ReplyWatch watch;
    private final PayloadEditor editor;
    private final @Nullable Encoder encoder;
    private final List<ContentCoding> codings;
    private final Optional<ContentCoding> newCoding;

    private final ReadyBytes ready = new ReadyBytes();
    private final Sink judged;

    /**
     * @param watch sees every byte before it is judged
     * @param codings those that it has
     * @param newCoding the one that it is sent with, if any
     */
    JudgedBody(ReplyWatch watch, PayloadEditor editor, List<ContentCoding> codings, Optional<ContentCoding> newCoding) {
        this.decoder = ContentCoding.decoderOf(codings);
        this.watch = watch;
        this.editor = editor;
        this.codings = codings;
        this.newCoding = newCoding;
        Encoder newEncoder = newCoding.map(Encoder::new).orElse(null);
        this.encoder = newEncoder;
        this.judged =
                newEncoder == null ? ready : (bytes, offset, length) -> newEncoder.feed(bytes, offset, length, ready);
    }

    /** The coding that it is sent with. */
    Optional<ContentCoding> newCoding() {
        return newCoding;
    }

    /** Whether it came with a coding, so that it depends on what the client accepts. */
    boolean wasCoded() {
        return !codings.isEmpty();
    }

    /**
     * Takes more of it. The bytes may not change before what is ready was sent.
     *
     * @throws io.undertone.filters.payload.UnreadablePayloadException if it must not go on
     */
    void feed(byte[] bytes, int offset, int length) {
        ready.mayRefer(bytes, length);
        decoder.feed(bytes, offset, length, (plain, from, count) -> {
            watch.feed(plain, from, count);
            editor.feed(plain, from, count, judged);
        });
    }

    /** Makes everything ready that is judged: a client can read it without what follows. */
    void flush() {
        if (encoder != null) {
            encoder.flush(ready);
        }
    }

    /** @throws io.undertone.filters.payload.UnreadablePayloadException if it ended in the middle */
    void end() {
        decoder.end();
        editor.end(judged);
        watch.end();
        if (encoder != null) {
            encoder.end(ready);
        }
    }

    /** Why it could not be judged although it was let through. */
    Optional<UnreadableReason> passedUnread() {
        return editor.passedUnread();
    }

    int readyLength() {
        return ready.size();
    }

    /** Sends what is ready, in one write. */
    void sendReady(ReadyBytes.Output out) throws IOException {
        ready.sendTo(out);
    }

    /** Frees what it holds. */
    void close() {
        decoder.close();
        if (encoder != null) {
            encoder.close();
        }
    }
}
