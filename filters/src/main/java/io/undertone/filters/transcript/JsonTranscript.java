package io.undertone.filters.transcript;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.Sink;
import io.undertone.filters.payload.UnreadablePayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Scrubs one JSON document, or one a line, by way of the engine that edits what crosses the wire. */
final class JsonTranscript {
    private static final int PIECE = 4096;

    private final Map<String, Long> hiddenBy = new TreeMap<>();
    private final PayloadEditor editor;
    private long events;
    private int line = 1;
    private int column = 1;

    /** @param type one document, or one a line */
    JsonTranscript(PayloadType type, KeywordSet keywords, Audience audience, Dialect dialect) {
        editor = PayloadEditor.telling(
                type,
                dialect,
                audience,
                keywords,
                OnUnreadable.WITHHOLD,
                hidden -> hiddenBy.merge(hidden.keywordId(), 1L, Long::sum),
                () -> events++);
    }

    ScrubSummary scrub(InputStream in, OutputStream out) throws IOException {
        Sink sink = sink(out);
        byte[] bytes = new byte[PIECE];
        try {
            for (int count; (count = in.read(bytes)) >= 0; ) {
                feed(bytes, count, sink);
            }
            editor.end(sink);
        } catch (UnreadablePayloadException e) {
            throw new UnreadableTranscriptException(line, column, complaint(e));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
        return new ScrubSummary(events, hiddenBy);
    }

    /** Line by line, because the engine does not say where it stopped. */
    private void feed(byte[] bytes, int count, Sink sink) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                editor.feed(bytes, start, i + 1 - start, sink);
                start = i + 1;
                line++;
                column = 1;
            }
        }
        editor.feed(bytes, start, count - start, sink);
        for (int i = start; i < count; i++) {
            boolean continues = (bytes[i] & 0xC0) == 0x80;
            column += continues ? 0 : 1;
        }
    }

    private static String complaint(UnreadablePayloadException e) {
        return switch (e.reason()) {
            case KEYWORD_OUTSIDE_MESSAGES ->
                "a keyword stands where the dialect knows of no message, and nothing can be taken out: name another dialect";
            case TRUNCATED -> "the JSON ends in the middle";
            case NOT_UTF8, BYTE_ORDER_MARK -> "JSON has to be UTF-8 without a byte order mark: convert the transcript";
            case MESSAGE_TOO_LARGE -> "a message is larger than " + PayloadEditor.MESSAGE_LIMIT + " bytes";
            default -> "this is not JSON that can be judged (" + e.reason().tag() + ")";
        };
    }

    private static Sink sink(OutputStream out) {
        return (bytes, offset, length) -> {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
