package io.undertone.filters.servlet;

import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.filters.payload.UnreadableReason;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final Exchange exchange;
    private final HeldHeaders held;
    private final ByteArrayOutputStream judged = new ByteArrayOutputStream();

    private State state = State.FRESH;
    private @Nullable PayloadEditor editor;
    private long declaredLength = -1;
    private long taken;
    private boolean anySent;
    private boolean isAsynchronous;
    private @Nullable Runnable pending;

    VeilOutputStream(HttpServletResponse response, ServletOutputStream out, Exchange exchange, HeldHeaders held) {
        this.response = response;
        this.out = out;
        this.exchange = exchange;
        this.held = held;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        switch (state) {
            case PASSING -> out.write(bytes, offset, length);
            case JUDGING -> judge(bytes, offset, length);
            case BROKEN -> throw broken();
            default -> {
                // A body that is over, or has another in its place, takes no more.
            }
        }
    }

    /** Decides, at the last moment at which headers can change, whether and how this body is judged. */
    private void begin() throws IOException {
        if (state != State.FRESH) {
            return;
        }
        Optional<PayloadType> type = hasBody() ? exchange.judgedType(response.getContentType()) : Optional.empty();
        if (type.isEmpty()) {
            state = State.PASSING;
            held.releaseTo(response);
            return;
        }
        state = State.JUDGING;
        editor = exchange.editor(type.get());
        declaredLength = held.contentLength();
        boolean coded = held.isCoded();
        held.clear();
        if (coded) {
            withhold(UnreadableReason.UNREADABLE_CODING);
        }
    }

    private boolean hasBody() {
        int status = response.getStatus();
        return status >= 200 && status != 204 && status != 304;
    }

    private void judge(byte[] bytes, int offset, int length) throws IOException {
        PayloadEditor current = Objects.requireNonNull(editor);
        try {
            current.feed(bytes, offset, length, judged::write);
            taken += length;
            if (taken == declaredLength) {
                current.end(judged::write);
                state = State.FINISHED;
                if (!anySent && !response.isCommitted()) {
                    response.setContentLength(judged.size());
                }
            }
            sendJudged();
        } catch (UnreadablePayloadException e) {
            withhold(e.reason());
        }
    }

    private void sendJudged() throws IOException {
        if (judged.size() > 0) {
            anySent = true;
            byte[] bytes = judged.toByteArray();
            judged.reset();
            out.write(bytes, 0, bytes.length);
        }
    }

    private void withhold(UnreadableReason reason) throws IOException {
        exchange.withheld(reason);
        judged.reset();
        if (response.isCommitted()) {
            state = State.BROKEN;
            throw broken();
        }
        state = State.WITHHELD;
        response.resetBuffer();
        response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
        response.setContentType("application/problem+json");
        byte[] problem = ("{\"type\":\"about:blank\",\"title\":\"Reply withheld\",\"status\":502,\"detail\":\"The chat"
                        + " system's reply could not be judged (" + reason.tag()
                        + ") and was not passed on. Try again; if it stays, the server's log names the cause.\"}")
                .getBytes(StandardCharsets.UTF_8);
        response.setContentLength(problem.length);
        out.write(problem, 0, problem.length);
    }

    private static IOException broken() {
        return new IOException("the rest of the reply is withheld");
    }

    /** Sends what is left. */
    void finish() throws IOException {
        begin();
        if (state == State.JUDGING) {
            try {
                Objects.requireNonNull(editor).end(judged::write);
                state = State.FINISHED;
                if (!anySent && !response.isCommitted() && !exchange.isHead()) {
                    response.setContentLength(judged.size());
                }
                sendJudged();
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
            editor = null;
            taken = 0;
            judged.reset();
        }
    }

    /** Headers alone are not worth a flush: they would stand in the way of a problem document. */
    @Override
    public void flush() throws IOException {
        begin();
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
                listener.onError(failure);
            }
        });
    }
}
