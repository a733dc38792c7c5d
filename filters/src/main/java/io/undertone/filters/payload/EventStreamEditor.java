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

    private final Supplier<DocumentEditor> documents;
    private final Decider decider;
    private final int limit;
    private final Window window = new Window();
    private final List<Line> event = new ArrayList<>();
    private int lineStart;
    private int scanned;

    /** A line with its end, in the window. */
    private record Line(int from, int contentEnd, int to) {}

    EventStreamEditor(Supplier<DocumentEditor> documents, Decider decider, int limit) {
        this.documents = documents;
        this.decider = decider;
        this.limit = limit;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        window.append(bytes, offset, length);
        for (; scanned < window.end(); scanned++) {
            if (window.bytes()[scanned] == '\n') {
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

    private void lineEnded(int to, Sink out) {
        int contentEnd = to - 1;
        if (contentEnd > lineStart && window.bytes()[contentEnd - 1] == '\r') {
            contentEnd--;
        }
        Line line = new Line(lineStart, contentEnd, to);
        lineStart = to;
        boolean isComment = line.contentEnd > line.from && window.bytes()[line.from] == ':';
        if (line.contentEnd == line.from || (isComment && event.isEmpty())) {
            judge(line, out);
        } else {
            event.add(line);
        }
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
        boolean isJson = given.length > 0 && (given[0] == '{' || given[0] == '[');
        if (!isJson) {
            edited.writeBytes(given);
            return decider.isHarmless(given, 0, given.length)
                    || !decider.hidesEvent(new String(given, StandardCharsets.UTF_8));
        }
        DocumentEditor document = documents.get();
        document.feed(given, 0, given.length, edited::write);
        document.end(edited::write);
        return !document.isDropped();
    }

    private void requireHarmless(Line line) {
        if (decider.mayBeHidden(window.bytes(), line.from, line.contentEnd)
                && decider.hidesStray(text(line.from, line.contentEnd))) {
            throw new UnreadablePayloadException(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
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
        window.cut(window.end());
    }

    @Override
    public void giveBack(Sink rest) {
        window.send(window.end(), rest);
    }
}
