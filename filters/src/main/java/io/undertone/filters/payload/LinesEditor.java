package io.undertone.filters.payload;

import java.util.function.Supplier;

/** A JSON document a line. A line of a document that is dropped goes with it. */
final class LinesEditor implements Codec {
    private static final byte[] NEWLINE = {'\n'};

    private final Supplier<DocumentCodec> documents;
    private final Window unread = new Window();
    private DocumentCodec line;

    LinesEditor(Supplier<DocumentCodec> documents) {
        this.documents = documents;
        this.line = documents.get();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink out) {
        int to = offset + length;
        int handed = offset;
        try {
            for (int at = offset; at < to; at++) {
                if (bytes[at] == '\n') {
                    int from = handed;
                    handed = at;
                    line.feed(bytes, from, at - from, out);
                    endLine(out);
                    handed = at + 1;
                }
            }
            int from = handed;
            handed = to;
            line.feed(bytes, from, to - from, out);
        } catch (UnreadablePayloadException e) {
            unread.append(bytes, handed, to - handed);
            throw e;
        }
    }

    private void endLine(Sink out) {
        line.end(out);
        if (!line.isDropped()) {
            out.write(NEWLINE, 0, 1);
        }
        line = documents.get();
    }

    @Override
    public void end(Sink out) {
        line.end(out);
    }

    @Override
    public void giveBack(Sink rest) {
        line.giveBack(rest);
        unread.send(unread.end(), rest);
    }
}
