package io.undertone.filters.servlet;

import io.undertone.filters.coding.CodedBeginning;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is written. Each write makes one write to the container's stream at the most, so an asynchronous writer that
 * asked {@code isReady} before its own write has asked for this one too.
 */
final class VeilOutputStream extends ServletOutputStream {
    private enum State {
        /** Nothing was written; headers can still change. */
        FRESH,
        /** The body is none of ours. */
        PASSING,
        JUDGING,
        /** The last byte was judged. */
        FINISHED,
        /** The body was withheld; a problem document stands in its place. */
        WITHHELD,
        /** The body was cut off: some of it was sent, and the rest cannot be. */
        BROKEN
    }

    /** So little of a coded body that what is decoded of it at once stays small. */
    private static final int SLICE = 4096;

    private static final byte[] NOTHING = {};

    /** What is ready is sent before a blocking write is over once it is as much as this. */
    private static final int ENOUGH = 1 << 20;

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final Exchange exchange;
    private final HeldHeaders held;
    private final CodingHeaders codingHeaders;
    private final Collection<String> contentTypes;

    private State state = State.FRESH;
    private @Nullable JudgedBody body;
    private long declaredLength = -1;
    private long taken;
    private boolean anySent;
    private boolean isAsynchronous;
    private @Nullable Runnable pending;

    VeilOutputStream(
            HttpServletResponse response,
            ServletOutputStream out,
            Exchange exchange,
            HeldHeaders held,
            Collection<String> contentTypes) {
        this.response = response;
        this.out = out;
        this.exchange = exchange;
        this.held = held;
        this.codingHeaders = new CodingHeaders(response);
        this.contentTypes = contentTypes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        begin(bytes, offset, length);
        switch (state) {
            case PASSING -> send(bytes, offset, length);
            case JUDGING -> judge(bytes, offset, length);
            // Whoever goes on writing learns that nobody reads it, and can let go of its source.
            case WITHHELD, BROKEN -> throw broken();
            default -> {
                // A body that is over takes no more.
            }
        }
    }

    /** Decides, at the last moment at which headers can change, whether and how this body is judged. */
    private void begin(byte[] bytes, int offset, int length) throws IOException {
        if (state != State.FRESH) {
            return;
        }
        Collection<String> types = contentTypes();
        Optional<PayloadType> type = hasBody() ? judgedType(types, bytes, offset, length) : Optional.empty();
        if (type.isEmpty()) {
            state = State.PASSING;
            held.releaseTo(response);
            return;
        }
        state = State.JUDGING;
        declaredLength = held.contentLength();
        try {
            int status = response.getStatus();
            if (status == HttpServletResponse.SC_PARTIAL_CONTENT) {
                throw new UnreadablePayloadException(UnreadableReason.PARTIAL);
            }
            body = exchange.judge(type.get(), types, held.contentEncoding(), status == HttpServletResponse.SC_OK);
        } catch (UnreadablePayloadException e) {
            withhold(e.reason());
        }
    }

    private Collection<String> contentTypes() {
        String type = response.getContentType();
        if (type == null || contentTypes.contains(type)) {
            return contentTypes;
        }
        List<String> types = new ArrayList<>(contentTypes);
        types.add(type);
        return types;
    }

    private Optional<PayloadType> judgedType(Collection<String> types, byte[] bytes, int offset, int length) {
        String coding = held.contentEncoding();
        return exchange.judgedType(types, coding != null, () -> CodedBeginning.of(coding, bytes, offset, length));
    }

    private boolean hasBody() {
        int status = response.getStatus();
        return status >= 200 && status != 204 && status != 304;
    }

    private void judge(byte[] bytes, int offset, int length) throws IOException {
        JudgedBody current = Objects.requireNonNull(body);
        try {
            int slice = current.wasCoded() ? SLICE : length;
            for (int done = 0; done < length; done += slice) {
                int count = Math.min(slice, length - done);
                current.feed(bytes, offset + done, count);
                if (current.readyLength() >= ENOUGH && !isAsynchronous) {
                    sendReady(current);
                }
            }
            taken += length;
            if (taken == declaredLength) {
                end(current);
            } else {
                if (isAsynchronous) {
                    // A flush to come could not write: the container may not be ready for a second write.
                    current.flush();
                }
                sendReady(current);
            }
        } catch (UnreadablePayloadException e) {
            withhold(e.reason());
        }
    }

    private void end(JudgedBody current) throws IOException {
        current.end();
        state = State.FINISHED;
        current.passedUnread().ifPresent(exchange::passed);
        if (exchange.isHead()) {
            // The length of what a GET would leave is not known, and the container would say 0.
            response.flushBuffer();
        } else if (!anySent && !response.isCommitted()) {
            response.setContentLength(current.readyLength());
        }
        sendReady(current);
        release();
    }

    private void sendReady(JudgedBody current) throws IOException {
        if (current.readyLength() == 0) {
            return;
        }
        if (!anySent) {
            codingHeaders.announce(current);
        }
        anySent = true;
        current.sendReady(this::send);
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException gone) {
            exchange.failed();
            throw gone;
        }
    }

    private void withhold(UnreadableReason reason) throws IOException {
        exchange.withheld(reason);
        release();
        if (response.isCommitted()) {
            state = State.BROKEN;
            throw broken();
        }
        state = State.WITHHELD;
        response.resetBuffer();
        codingHeaders.takeBack();
        response.setStatus(WithheldReply.STATUS);
        if (!Exchange.isReadable(contentTypes())) {
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        }
        response.setContentType(WithheldReply.CONTENT_TYPE);
        byte[] problem = WithheldReply.body(reason);
        response.setContentLength(problem.length);
        out.write(problem, 0, problem.length);
        if (!isAsynchronous) {
            // Before the application, told by its next write, makes the container answer in its own words.
            out.flush();
        }
    }

    private static IOException broken() {
        return new IOException("the rest of the reply is withheld");
    }

    /** Sends what is left. */
    void finish() throws IOException {
        begin(NOTHING, 0, 0);
        if (state == State.JUDGING) {
            try {
                end(Objects.requireNonNull(body));
            } catch (UnreadablePayloadException e) {
                withhold(e.reason());
            }
        }
        requireUnbroken();
    }

    /** Throws if the body broke off. */
    void requireUnbroken() throws IOException {
        if (state == State.BROKEN) {
            throw broken();
        }
    }

    /** Sends what is left as soon as the container takes it, and then completes, or breaks off. */
    void finishThen(Runnable completion, Runnable breaking) {
        if (isAsynchronous && state == State.JUDGING && !out.isReady()) {
            pending = () -> finishThen(completion, breaking);
            return;
        }
        try {
            finish();
        } catch (IOException e) {
            breaking.run();
            return;
        }
        completion.run();
    }

    /** Forgets a body that the application took back. */
    void restart() {
        if (state != State.BROKEN) {
            state = State.FRESH;
            release();
            taken = 0;
            anySent = false;
            codingHeaders.takeBack();
        }
    }

    private void release() {
        if (body != null) {
            body.close();
            body = null;
        }
    }

    /**
     * Headers alone are not worth a flush: how the body is judged may depend on its first byte, and they would stand in the
     * way of a problem document.
     */
    @Override
    public void flush() throws IOException {
        if (state == State.FRESH) {
            return;
        }
        if (state == State.JUDGING && !isAsynchronous) {
            JudgedBody current = Objects.requireNonNull(body);
            current.flush();
            sendReady(current);
        }
        if (state != State.JUDGING || anySent) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        isAsynchronous = true;
        out.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                Runnable rest = pending;
                if (rest == null) {
                    listener.onWritePossible();
                } else {
                    pending = null;
                    rest.run();
                }
            }

            @Override
            public void onError(Throwable failure) {
                exchange.failed();
                listener.onError(failure);
            }
        });
    }
}
