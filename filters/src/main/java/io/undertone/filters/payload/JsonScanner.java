package io.undertone.filters.payload;

import io.undertone.filters.keyword.Utf8;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) token by token and refuses everything else, wherever the bytes are cut.
 *
 * <p>The bytes stand in a window that its owner fills at the end and empties at the front (see {@link #shift}). A token that
 * is not complete yet is gone on with where it stopped, so no byte is read twice for being sent in small pieces. Nothing is
 * decoded: a token is a range of bytes.
 */
final class JsonScanner {
    /** Deeper than any chat, and far from what would hurt. */
    static final int MAX_DEPTH = 500;

    /** What {@link #next} found. */
    enum Token {
        /** Nothing complete: more bytes are needed, or the document is over. */
        NONE,
        BEGIN_OBJECT,
        END_OBJECT,
        BEGIN_ARRAY,
        END_ARRAY,
        /** The name of a member, with its quotes. */
        NAME,
        /** A string, with its quotes. */
        STRING,
        /** A number, true, false or null. */
        SCALAR,
        COMMA
    }

    private enum Expect {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    private enum NumberPart {
        MINUS,
        ZERO,
        INTEGER,
        POINT,
        FRACTION,
        E,
        E_SIGN,
        EXPONENT
    }

    private static final byte[][] LITERALS = {{'t', 'r', 'u', 'e'}, {'f', 'a', 'l', 's', 'e'}, {'n', 'u', 'l', 'l'}};

    /** Bytes of a string that need no thought: neither its end, nor an escape, nor a control, nor beyond ASCII. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int b = 0x20; b < 0x80; b++) {
            PLAIN[b] = b != '"' && b != '\\';
        }
    }

    private Expect expect = Expect.VALUE;
    private int position;
    private int tokenStart;
    private boolean inString;
    private boolean inNumber;
    private NumberPart number = NumberPart.MINUS;
    private boolean escaped;
    private int depth;
    private final BitSet isObject = new BitSet();

    /** Where the last token begins; of an incomplete one, its first byte. */
    int tokenStart() {
        return tokenStart;
    }

    /** The first byte that is not read yet; behind a complete token, its end. */
    int position() {
        return position;
    }

    /** Up to where the bytes belong to complete tokens, or to the space between them. */
    int settled() {
        return inString || inNumber ? tokenStart : position;
    }

    /** Whether the last string or name has an escape in it. */
    boolean escaped() {
        return escaped;
    }

    /** How many objects and arrays are open. */
    int depth() {
        return depth;
    }

    /** The owner took that many bytes from the window's front. */
    void shift(int bytes) {
        position -= bytes;
        tokenStart -= bytes;
    }

    /** Whether a whole document was read; a number at the root is whole only when nothing more comes. */
    boolean isComplete() {
        return expect == Expect.NOTHING || (inNumber && depth == 0 && isWhole(number));
    }

    /** Whether nothing but white space was read. */
    boolean isBlank() {
        return expect == Expect.VALUE && depth == 0 && !inString && !inNumber;
    }

    /**
     * The next token, or {@link Token#NONE}.
     *
     * @param limit the end of the window's bytes
     * @throws UnreadablePayloadException if the bytes are not JSON
     */
    Token next(byte[] bytes, int limit) {
        if (inString) {
            return string(bytes, limit);
        }
        if (inNumber) {
            return number(bytes, limit);
        }
        while (true) {
            position = skipSpace(bytes, position, limit);
            if (position == limit) {
                return Token.NONE;
            }
            if (expect != Expect.COLON) {
                return token(bytes, limit);
            }
            require(bytes[position++] == ':');
            expect = Expect.VALUE;
        }
    }

    private static int skipSpace(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private Token token(byte[] bytes, int limit) {
        tokenStart = position;
        byte lead = bytes[position];
        switch (expect) {
            case COMMA_OR_END -> {
                if (lead == ',') {
                    position++;
                    expect = isObject.get(depth) ? Expect.NAME : Expect.VALUE;
                    return Token.COMMA;
                }
                return end(lead);
            }
            case NAME, NAME_OR_END -> {
                if (lead == '"') {
                    return beginString(bytes, limit);
                }
                require(expect == Expect.NAME_OR_END);
                return end(lead);
            }
            case NOTHING -> throw new UnreadablePayloadException(UnreadableReason.TRAILING_CONTENT);
            default -> {
                if (lead == ']' && expect == Expect.VALUE_OR_END) {
                    return end(lead);
                }
                return value(lead, bytes, limit);
            }
        }
    }

    private Token value(byte lead, byte[] bytes, int limit) {
        return switch (lead) {
            case '"' -> beginString(bytes, limit);
            case '{' -> begin(true);
            case '[' -> begin(false);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                inNumber = true;
                number = lead == '-' ? NumberPart.MINUS : lead == '0' ? NumberPart.ZERO : NumberPart.INTEGER;
                position++;
                yield number(bytes, limit);
            }
            default -> literal(bytes, limit);
        };
    }

    private Token begin(boolean object) {
        if (++depth > MAX_DEPTH) {
            throw new UnreadablePayloadException(UnreadableReason.NESTED_TOO_DEEP);
        }
        isObject.set(depth, object);
        position++;
        expect = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
        return object ? Token.BEGIN_OBJECT : Token.BEGIN_ARRAY;
    }

    private Token end(byte lead) {
        boolean object = depth > 0 && isObject.get(depth);
        require(depth > 0 && lead == (object ? '}' : ']'));
        depth--;
        position++;
        valueEnded();
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private void valueEnded() {
        expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private Token beginString(byte[] bytes, int limit) {
        inString = true;
        escaped = false;
        position++;
        return string(bytes, limit);
    }

    private Token string(byte[] bytes, int limit) {
        int at = position;
        while (true) {
            while (at < limit && PLAIN[bytes[at] & 0xFF]) {
                at++;
            }
            int length = at == limit ? 0 : bytes[at] == '"' ? 1 : specialLength(bytes, at, limit);
            if (length == 0) {
                position = at;
                return Token.NONE;
            }
            at += length;
            if (bytes[at - 1] == '"' && length == 1) {
                position = at;
                inString = false;
                if (expect == Expect.NAME || expect == Expect.NAME_OR_END) {
                    expect = Expect.COLON;
                    return Token.NAME;
                }
                valueEnded();
                return Token.STRING;
            }
        }
    }

    /** The length of an escape or of a character beyond ASCII, 0 if its end has not come yet. */
    private int specialLength(byte[] bytes, int at, int limit) {
        byte lead = bytes[at];
        if (lead == '\\') {
            escaped = true;
            return escapeLength(bytes, at, limit);
        }
        require(lead < 0);
        int length = Utf8.length(lead);
        if (at + length > limit) {
            return 0;
        }
        if (Utf8.decode(bytes, at, length) == Utf8.INVALID) {
            throw new UnreadablePayloadException(UnreadableReason.NOT_UTF8);
        }
        return length;
    }

    private static int escapeLength(byte[] bytes, int at, int limit) {
        if (at + 1 == limit) {
            return 0;
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                for (int i = at + 2; i < Math.min(limit, at + 6); i++) {
                    require(Character.digit(bytes[i], 16) >= 0);
                }
                return at + 6 <= limit ? 6 : 0;
            }
            default -> throw notJson();
        }
    }

    private Token number(byte[] bytes, int limit) {
        while (position < limit) {
            NumberPart after = after(number, bytes[position]);
            if (after == null) {
                require(isWhole(number));
                inNumber = false;
                valueEnded();
                return Token.SCALAR;
            }
            number = after;
            position++;
        }
        return Token.NONE;
    }

    private static @Nullable NumberPart after(NumberPart number, byte b) {
        boolean digit = b >= '0' && b <= '9';
        return switch (number) {
            case MINUS -> !digit ? null : b == '0' ? NumberPart.ZERO : NumberPart.INTEGER;
            case ZERO -> b == '.' ? NumberPart.POINT : isE(b) ? NumberPart.E : null;
            case INTEGER -> digit ? NumberPart.INTEGER : b == '.' ? NumberPart.POINT : isE(b) ? NumberPart.E : null;
            case POINT -> digit ? NumberPart.FRACTION : null;
            case FRACTION -> digit ? NumberPart.FRACTION : isE(b) ? NumberPart.E : null;
            case E -> digit ? NumberPart.EXPONENT : b == '+' || b == '-' ? NumberPart.E_SIGN : null;
            case E_SIGN, EXPONENT -> digit ? NumberPart.EXPONENT : null;
        };
    }

    private static boolean isE(byte b) {
        return b == 'e' || b == 'E';
    }

    private static boolean isWhole(NumberPart number) {
        return switch (number) {
            case ZERO, INTEGER, FRACTION, EXPONENT -> true;
            case MINUS, POINT, E, E_SIGN -> false;
        };
    }

    private Token literal(byte[] bytes, int limit) {
        for (byte[] literal : LITERALS) {
            if (literal[0] == bytes[position]) {
                int present = Math.min(literal.length, limit - position);
                for (int i = 1; i < present; i++) {
                    require(bytes[position + i] == literal[i]);
                }
                if (present < literal.length) {
                    return Token.NONE;
                }
                position += literal.length;
                valueEnded();
                return Token.SCALAR;
            }
        }
        throw bytes[position] == (byte) 0xEF
                ? new UnreadablePayloadException(UnreadableReason.BYTE_ORDER_MARK)
                : notJson();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw notJson();
        }
    }

    private static UnreadablePayloadException notJson() {
        return new UnreadablePayloadException(UnreadableReason.NOT_JSON);
    }
}
