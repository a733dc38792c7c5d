package io.undertone.filters.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * A document on its way to a parser, which remembers the characters that were read until they are sent on or cut out.
 *
 * <p>The parser speaks of characters, and what is kept has to be the same bytes. So the bytes are decoded strictly here and
 * encoded again there: in each of the charsets in {@link XmlTranscript#CHARSETS} a text has one spelling only, and whatever
 * decodes at all encodes to the bytes that it came from.
 */
final class Tape extends Reader {
    /** The document cannot go on here, whatever the parser thinks of it. */
    static final class Fault extends IOException {
        Fault(String what) {
            super(what);
        }
    }

    private static final int CHUNK = 8192;

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
    private final Writer out;
    private final int limit;
    private boolean isAtEnd;

    /** Decoded characters: {@code [0, front)} are dealt with, {@code [front, end)} wait. */
    private char[] window = new char[2 * CHUNK];

    private int front;
    private int end;
    /** How many of them the parser has taken. */
    private int taken;
    /** Where in the document the window begins. */
    private long origin;

    /** @param limit how many characters may wait at most */
    Tape(InputStream in, OutputStream out, Charset charset, int limit) {
        this.in = in;
        this.charset = charset;
        this.limit = limit;
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.out = new OutputStreamWriter(out, charset);
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        if (taken == end && !decodeMore()) {
            return -1;
        }
        int count = Math.min(length, end - taken);
        System.arraycopy(window, taken, to, offset, count);
        taken += count;
        return count;
    }

    /** Decodes at least one character, and stops before bytes that are none: they fail when it is their turn. */
    private boolean decodeMore() throws IOException {
        makeRoom();
        CharBuffer room = CharBuffer.wrap(window, end, window.length - end);
        CoderResult result = decoder.decode(bytes, room, isAtEnd);
        while (room.position() == end && !(result.isUnderflow() && isAtEnd)) {
            if (result.isError()) {
                throw new Fault("these bytes are not " + charset + ", the encoding that the document has or declares");
            }
            fill();
            result = decoder.decode(bytes, room, isAtEnd);
        }
        boolean any = room.position() > end;
        end = room.position();
        return any;
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        isAtEnd = count < 0;
        bytes.position(bytes.position() + Math.max(0, count)).flip();
    }

    private void makeRoom() throws IOException {
        if (end - front > limit) {
            throw new Fault("one event, or what stands between two, is larger than " + limit + " characters");
        }
        System.arraycopy(window, front, window, 0, end - front);
        origin += front;
        taken -= front;
        end -= front;
        front = 0;
        if (window.length - end < CHUNK) {
            window = Arrays.copyOf(window, 2 * window.length);
        }
    }

    /** How many characters the parser has taken in all. */
    long position() {
        return origin + taken;
    }

    /** Sends everything before a place that the parser has seen. */
    void send(long to) throws IOException {
        int index = index(to);
        out.write(window, front, index - front);
        front = index;
    }

    /** Drops everything before a place that the parser has seen, as far as it was not sent. */
    void cut(long to) {
        front = index(to);
    }

    /** Where the white space begins that ends at a place, in so far as it was not sent. */
    long whiteSpaceBefore(long place) {
        int index = index(place);
        while (index > front && isWhiteSpace(window[index - 1])) {
            index--;
        }
        return origin + index;
    }

    /** As XML 1.0 has it in section 2.3. */
    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Sends what is left. */
    void finish() throws IOException {
        send(position());
        out.flush();
    }

    private int index(long place) {
        return Math.toIntExact(place - origin);
    }

    /** Does nothing: the streams are the caller's. */
    @Override
    public void close() {}
}
