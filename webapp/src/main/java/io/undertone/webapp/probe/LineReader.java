package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a stream line by line, and keeps no more of a line than it may have. Not thread-safe. */
final class LineReader {
    /** As much as a single question may have. */
    static final int MAX_LINE_BYTES = Parameters.MAX_BODY_BYTES;

    private final InputStream bytes;
    private int number;
    private boolean ended;

    /**
     * A line.
     *
     * @param number counted from 1
     * @param text without what ended the line and the blanks around it, null when it was too long
     */
    record Line(int number, @Nullable String text) {
        String required() throws BadRequestException {
            if (text == null) {
                throw new BadRequestException(
                        HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "Line too long",
                        "The line has more than %d bytes: send InteractionId, ChatServerAppName and IsOnline alone"
                                .formatted(MAX_LINE_BYTES));
            }
            return text;
        }
    }

    /** Reads UTF-8, with a byte order mark or without. */
    LineReader(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    /** The next line that is not blank; null at the end. */
    @Nullable
    Line next() throws IOException {
        while (!ended) {
            Line line = read();
            if (line.text() == null || !line.text().isEmpty()) {
                return line;
            }
        }
        return null;
    }

    private Line read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int next = bytes.read();
        for (; next >= 0 && next != '\n'; next = bytes.read()) {
            tooLong |= line.size() == MAX_LINE_BYTES;
            if (!tooLong) {
                line.write(next);
            }
        }
        ended = next < 0;
        number++;
        String text = line.toString(StandardCharsets.UTF_8);
        boolean marked = number == 1 && text.startsWith("\uFEFF");
        return new Line(number, tooLong ? null : (marked ? text.substring(1) : text).strip());
    }
}
