package io.undertone.filters.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Server-sent events (HTML Living Standard, section 9.2): judges the data of each event when its empty line has come. Of a
 * dropped event the id and the reconnection time stay, for they are the stream's position and not the message's.
 */
final class EventStreamEditor implements Codec {
    private static final String DATA = "data";

    private final Supplier<DocumentCodec> documents;
    private final Decider decider;
    private final int limit;
    private final Window window = new Window();
    private final List<Line> event = new ArrayList<>();
    private int lineStart;
    private int scanned;
    private boolean endsWithReturn;
    private boolean isFirstLine = true;

    /** A line with its end, in the window. */
    private record Line(int from, int contentEnd, int to) {}

    EventStreamEditor(Supplier<DocumentCodec> documents, Decider decider, int limit) {
        this.documents = documents;
        this.decider = decider;
        this.limit = limit;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        window.append(bytes, offset, length);
        for (; scanned < window.end(); scanned++) {
            byte b = window.bytes()[scanned];
            if (endsWithReturn && b != '\n') {
                lineEnded(scanned, out);
            }
            endsWithReturn = b == '\r';
            if (b == '\n') {
                lineEnded(scanned + 1, out);
            }
        }
        if (window.size() > limit) {
            throw new UnreadablePayloadException(UnreadableReason.MESSAGE_TOO_LARGE);
        }
        if (event.isEmpty()) {
            int shift = window.compact();
            lineStart -= shift;
            scanned -= shift;
        }
    }

    /** A line ends with LF, CR or both. */
    private void lineEnded(int to, Sink out) {
        int contentEnd = to;
        while (contentEnd > lineStart && isLineEnd(window.bytes()[contentEnd - 1])) {
            contentEnd--;
        }
        Line line = new Line(lineStart + byteOrderMark(), contentEnd, to);
        isFirstLine = false;
        lineStart = to;
        boolean isComment = line.contentEnd > line.from && window.bytes()[line.from] == ':';
        if (line.contentEnd == line.from || (isComment && event.isEmpty())) {
            judge(line, out);
        } else {
            event.add(line);
        }
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** One mark at the beginning of a stream belongs to no line. */
    private int byteOrderMark() {
        byte[] bytes = window.bytes();
        boolean isThere = isFirstLine
                && lineStart + 3 <= window.end()
                && bytes[lineStart] == (byte) 0xEF
                && bytes[lineStart + 1] == (byte) 0xBB
                && bytes[lineStart + 2] == (byte) 0xBF;
        return isThere ? 3 : 0;
    }

    private void judge(Line last, Sink out) {
        List<Line> data = event.stream().filter(line -> isField(line, DATA)).toList();
        requireHarmless(last);
        event.stream().filter(line -> !isField(line, DATA)).forEach(this::requireHarmless);
        if (data.isEmpty()) {
            window.send(last.to, out);
        } else {
            byte[] given = joined(data);
            ByteArrayOutputStream edited = new ByteArrayOutputStream(given.length);
            if (!edit(given, edited)) {
                sendPositionOnly(last, out);
            } else if (Arrays.equals(given, edited.toByteArray())) {
                window.send(last.to, out);
            } else {
                sendEdited(edited.toByteArray(), data.get(0), last, out);
            }
            window.cut(last.to);
        }
        event.clear();
    }

    /** @return false if the event is to be dropped */
    private boolean edit(byte[] given, ByteArrayOutputStream edited) {
        int start = 0;
        while (start < given.length && Character.isWhitespace(given[start])) {
            start++;
        }
        boolean isJson = start < given.length && (given[start] == '{' || given[start] == '[');
        if (!isJson) {
            edited.writeBytes(given);
            return !saysHidden(given, 0, given.length);
        }
        DocumentCodec document = documents.get();
        document.feed(given, 0, given.length, edited::write);
        document.end(edited::write);
        return !document.isDropped();
    }

    private void requireHarmless(Line line) {
        if (saysHidden(window.bytes(), line.from, line.contentEnd)) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
    }

    private boolean saysHidden(byte[] bytes, int from, int to) {
        // No scan finds the id of somebody who was hidden.
        return decider.remembersAny() ? decider.hidesText(bytes, from, to) : decider.maySayHidden(bytes, from, to);
    }

    private String text(int from, int to) {
        return new String(window.bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    private boolean isField(Line line, String name) {
        String content = text(line.from, Math.min(line.contentEnd, line.from + name.length() + 1));
        return content.equals(name) || content.equals(name + ":");
    }

    private int valueStart(Line line) {
        int at = Math.min(line.contentEnd, line.from + DATA.length() + 1);
        return at < line.contentEnd && window.bytes()[at] == ' ' ? at + 1 : at;
    }

    private byte[] joined(List<Line> data) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < data.size(); i++) {
            if (i > 0) {
                joined.write('\n');
            }
            int from = valueStart(data.get(i));
            joined.write(window.bytes(), from, data.get(i).contentEnd - from);
        }
        return joined.toByteArray();
    }

    private void sendPositionOnly(Line last, Sink out) {
        List<Line> position = event.stream()
                .filter(line -> isField(line, "id") || isField(line, "retry"))
                .toList();
        position.forEach(line -> sendLine(line, out));
        if (!position.isEmpty()) {
            sendLine(last, out);
        }
    }

    private void sendEdited(byte[] edited, Line firstData, Line last, Sink out) {
        for (Line line : event) {
            if (line.equals(firstData)) {
                sendData(edited, firstData, out);
            } else if (!isField(line, DATA)) {
                sendLine(line, out);
            }
        }
        sendLine(last, out);
    }

    private void sendData(byte[] edited, Line firstData, Sink out) {
        int from = 0;
        for (int at = 0; at <= edited.length; at++) {
            if (at == edited.length || edited[at] == '\n') {
                out.write(window.bytes(), firstData.from, valueStart(firstData) - firstData.from);
                out.write(edited, from, at - from);
                out.write(window.bytes(), firstData.contentEnd, firstData.to - firstData.contentEnd);
                from = at + 1;
            }
        }
    }

    private void sendLine(Line line, Sink out) {
        out.write(window.bytes(), line.from, line.to - line.from);
    }

    /** A client throws away an event whose empty line never came; so does this. */
    @Override
    public void end(Sink out) {
        if (endsWithReturn) {
            lineEnded(window.end(), out);
        }
        window.cut(window.end());
    }

    @Override
    public void giveBack(Sink rest) {
        window.send(window.end(), rest);
    }
}
