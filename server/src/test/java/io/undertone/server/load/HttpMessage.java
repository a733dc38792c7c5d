package io.undertone.server.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the end of one message of HTTP/1.1 after another, a request or an answer to POST (RFC 9112 section 6). */
final class HttpMessage {
    private static final int MOST_LINE_BYTES = 8_192;

    private enum Part {
        START,
        HEADERS,
        BODY,
        CHUNK,
        TRAILERS
    }

    private final byte[] line = new byte[MOST_LINE_BYTES];
    private int lineBytes;
    private Part part = Part.START;
    private long toSkip;
    private boolean isChunked;
    private String startLine = "";
    private @Nullable String webSocketKey;
    private long bodyBytes;

    /**
     * Reads on.
     *
     * @return whether the message is whole; what is left in {@code bytes} belongs to the next one
     */
    boolean read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            boolean isWhole = toSkip > 0 ? skip(bytes) : readLine(bytes) && endsWith(takeLine());
            if (isWhole) {
                part = Part.START;
                return true;
            }
        }
        return false;
    }

    /** The first line of the message that is whole. */
    String startLine() {
        return startLine;
    }

    /** How long its body is, without the framing. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Null if it asks for no WebSocket. */
    @Nullable
    String webSocketKey() {
        return webSocketKey;
    }

    private boolean skip(ByteBuffer bytes) {
        int step = (int) Math.min(toSkip, bytes.remaining());
        bytes.position(bytes.position() + step);
        toSkip -= step;
        return toSkip == 0 && part == Part.BODY;
    }

    private boolean readLine(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                return true;
            }
            if (lineBytes == MOST_LINE_BYTES) {
                throw new IOException("a line of more than " + MOST_LINE_BYTES + " bytes");
            }
            line[lineBytes++] = next;
        }
        return false;
    }

    private String takeLine() {
        String taken = new String(line, 0, Math.max(0, lineBytes - 1), ISO_8859_1);
        lineBytes = 0;
        return taken;
    }

    private boolean endsWith(String next) {
        switch (part) {
            case START -> begin(next);
            case HEADERS -> {
                if (next.isEmpty()) {
                    return endsWithHeaders();
                }
                header(next);
            }
            case CHUNK -> chunk(next);
            case TRAILERS -> {
                return next.isEmpty();
            }
            case BODY -> throw new IllegalStateException("a body has no lines");
        }
        return false;
    }

    private void begin(String next) {
        startLine = next;
        part = Part.HEADERS;
        isChunked = false;
        webSocketKey = null;
        bodyBytes = 0;
    }

    private void header(String next) {
        int colon = next.indexOf(':');
        switch (next.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
            case "content-length" ->
                bodyBytes = Long.parseLong(next.substring(colon + 1).strip());
            case "transfer-encoding" -> isChunked = true;
            case "sec-websocket-key" -> webSocketKey = next.substring(colon + 1).strip();
            default -> {
                // Says nothing of where the message ends.
            }
        }
    }

    private boolean endsWithHeaders() {
        if (isChunked) {
            part = Part.CHUNK;
            return false;
        }
        part = Part.BODY;
        toSkip = bodyBytes;
        return bodyBytes == 0;
    }

    /** The line of a chunk's size, or the empty one behind a chunk. */
    private void chunk(String next) {
        if (!next.isEmpty()) {
            int size = Integer.parseInt(next.split(";", 2)[0].strip(), 16);
            bodyBytes += size;
            toSkip = size;
            part = size == 0 ? Part.TRAILERS : Part.CHUNK;
        }
    }
}
