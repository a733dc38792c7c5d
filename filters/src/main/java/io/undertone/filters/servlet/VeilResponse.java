package io.undertone.filters.servlet;

import io.undertone.filters.payload.PayloadType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response of which the body is judged on its way out, too. */
final class VeilResponse extends FieldVeilResponse {
    private final Exchange exchange;
    private final HeldHeaders held = new HeldHeaders();
    /** All that were named, of which the container may keep one and a client believe another. */
    private final List<String> contentTypes = new ArrayList<>();

    private @Nullable VeilOutputStream stream;
    private @Nullable PrintWriter writer;
    private boolean isStreamInUse;
    private boolean isContainers;

    VeilResponse(HttpServletResponse response, Exchange exchange) {
        super(response, exchange);
        this.exchange = exchange;
    }

    private HttpServletResponse plain() {
        return (HttpServletResponse) getResponse();
    }

    private VeilOutputStream stream() throws IOException {
        VeilOutputStream open = stream;
        if (open == null) {
            open = new VeilOutputStream(plain(), plain().getOutputStream(), exchange, held, contentTypes);
            stream = open;
        }
        return open;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (writer != null) {
            throw new IllegalStateException("getWriter() was called for this response");
        }
        isStreamInUse = true;
        return stream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter open = writer;
        if (open == null) {
            if (isStreamInUse) {
                throw new IllegalStateException("getOutputStream() was called for this response");
            }
            // JSON is UTF-8 whatever the container's default is.
            String type = getContentType();
            if (type != null
                    && !type.contains("charset")
                    && exchange.judgedType(List.of(type), false, () -> new byte[0])
                            .filter(PayloadType.JSON::equals)
                            .isPresent()) {
                setCharacterEncoding(StandardCharsets.UTF_8.name());
            }
            setCharacterEncoding(getCharacterEncoding());
            open = new PrintWriter(new OutputStreamWriter(stream(), getCharacterEncoding()));
            writer = open;
        }
        return open;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        stream().flush();
    }

    /** The servlet returned: sends what is left of the body. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (!isContainers && (stream != null || !isCommitted())) {
            stream().finish();
        }
    }

    /**
     * The servlet completed an asynchronous exchange: sends what is left of the body, as soon as it can be written.
     *
     * @param completion what to do then
     * @param breaking what to do if the body broke off: completing would end it in good order, while an exception from a
     *     dispatch makes every container cut the connection
     */
    void finishThen(Runnable completion, Runnable breaking) {
        if (isContainers) {
            completion.run();
            return;
        }
        try {
            if (writer != null) {
                writer.flush();
            }
            stream().finishThen(completion, breaking);
        } catch (IOException e) {
            breaking.run();
        }
    }

    /** Throws if the body broke off. */
    void requireUnbroken() throws IOException {
        if (stream != null) {
            stream.requireUnbroken();
        }
    }

    @Override
    public void reset() {
        super.reset();
        held.clear();
        contentTypes.clear();
        isStreamInUse = false;
        writer = null;
        forgetBody();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forgetBody();
    }

    private void forgetBody() {
        if (stream != null) {
            stream.restart();
        }
    }

    /** The body that follows is the container's own. */
    private void leaveToContainer() {
        forgetBody();
        isContainers = true;
    }

    @Override
    public void sendError(int status) throws IOException {
        leaveToContainer();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        leaveToContainer();
        // The container shows the words in a page that no filter gets to see.
        if (message == null || exchange.isHarmless(message)) {
            super.sendError(status, message);
        } else {
            super.sendError(status);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    /** Of Servlet 6.1, as the two that follow: a container that knows them would pass by the judge. */
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (clearBuffer) {
            resetBuffer();
        }
        setStatus(status);
        setHeader("Location", location);
        finish();
        super.flushBuffer();
    }

    @Override
    public void setContentType(@Nullable String type) {
        noteType("Content-Type", type);
        super.setContentType(type);
    }

    /** As it was written: what it says counts, whatever of it is sent. */
    private void noteType(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Type") && value != null) {
            contentTypes.add(value);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        noteType(name, value);
        if (value != null && HeldHeaders.holds(name)) {
            held.set(name, value);
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        noteType(name, value);
        if (value != null && HeldHeaders.holds(name)) {
            held.add(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        setHeader("Content-Length", Long.toString(length));
    }

    @Override
    public boolean containsHeader(String name) {
        return held.get(name).isPresent() || super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        Optional<String> heldValue = held.get(name);
        return heldValue.isPresent() ? heldValue.get() : super.getHeader(name);
    }
}
