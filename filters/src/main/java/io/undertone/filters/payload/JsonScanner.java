package io.undertone.filters.payload;

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

    private Expect expect = Expect.VALUE;
    private int position;
    private int tokenStart;
    private boolean inString;
    private boolean inNumber;
    private NumberPart number = NumberPart.MINUS;
    private int depth;
    /** A bit for each level that is open: whether it is an object. */
    private final long[] objects = new long[MAX_DEPTH / Long.SIZE + 1];

    JsonScanner() {}

    /** @param from where the document begins in its window */
    JsonScanner(int from) {
        position = from;
    }

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
        return next(bytes, limit, MAX_DEPTH);
    }

    /**
     * The next token behind which no more than so many objects and arrays are open, or {@link Token#NONE}; those before it
     * are read as strictly.
     */
    Token next(byte[] bytes, int limit, int outer) {
        while (true) {
            if (depth > outer && !inString && !inNumber && expect != Expect.COLON) {
                boolean isObject = isInObject();
                run(bytes, limit, outer);
                if (depth <= outer) {
                    return isObject ? Token.END_OBJECT : Token.END_ARRAY;
                }
            }
            Token token = inString ? string(bytes, limit) : inNumber ? number(bytes, limit) : begin(bytes, limit);
            if (depth <= outer || token == Token.NONE) {
                return token;
            }
        }
    }

    /**
     * Runs over whole tokens, with everything in local variables, for most of a payload is read here. Stops before what is
     * not whole, not usual or not JSON: that is left to the steps below, which know how to go on and what to say.
     */
    private void run(byte[] bytes, int limit, int outer) {
        int at = position;
        int level = depth;
        boolean object = isInObject();
        Expect next = expect;
        while (at < limit) {
            byte lead = bytes[at];
            if (next == Expect.COMMA_OR_END) {
                if (lead == ',') {
                    next = object ? Expect.NAME : Expect.VALUE;
                } else if (lead == (object ? '}' : ']')) {
                    object = isObject(--level);
                    if (level <= outer) {
                        at++;
                        break;
                    }
                } else {
                    break;
                }
                if (++at == limit) {
                    break;
                }
                if (next == Expect.COMMA_OR_END) {
                    continue;
                }
                lead = bytes[at];
            }
            if (object && next != Expect.VALUE) {
                int end = lead == '"' ? JsonBytes.stringEnd(bytes, at + 1, limit) : limit;
                if (end + 2 >= limit || bytes[end] != '"' || bytes[end + 1] != ':') {
                    break;
                }
                at = end + 2;
                next = Expect.VALUE;
                lead = bytes[at];
            }
            if (lead == '"') {
                int end = JsonBytes.stringEnd(bytes, at + 1, limit);
                if (end >= limit || bytes[end] != '"') {
                    break;
                }
                at = end + 1;
                next = Expect.COMMA_OR_END;
            } else if (lead >= '1' && lead <= '9') {
                int end = JsonBytes.digitsEnd(bytes, at + 1, limit);
                if (end == limit || !JsonBytes.endsNumber(bytes[end])) {
                    break;
                }
                at = end;
                next = Expect.COMMA_OR_END;
            } else if ((lead == '{' || lead == '[') && level < MAX_DEPTH) {
                object = lead == '{';
                setObject(++level, object);
                at++;
                next = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
            } else {
                break;
            }
        }
        position = at;
        depth = level;
        expect = level == 0 ? Expect.NOTHING : next;
    }

    private Token begin(byte[] bytes, int limit) {
        int at = skipSpace(bytes, position, limit);
        if (expect == Expect.COLON && at < limit) {
            require(bytes[at] == ':');
            expect = Expect.VALUE;
            at = skipSpace(bytes, at + 1, limit);
        }
        position = at;
        return at == limit ? Token.NONE : token(bytes, limit);
    }

    private static int skipSpace(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] <= ' ' && JsonBytes.isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private Token token(byte[] bytes, int limit) {
        tokenStart = position;
        byte lead = bytes[position];
        switch (expect) {
            case COMMA_OR_END -> {
                if (lead == ',') {
                    position++;
                    expect = isInObject() ? Expect.NAME : Expect.VALUE;
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
        setObject(depth, object);
        position++;
        expect = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
        return object ? Token.BEGIN_OBJECT : Token.BEGIN_ARRAY;
    }

    private Token end(byte lead) {
        boolean object = isInObject();
        require(depth > 0 && lead == (object ? '}' : ']'));
        depth--;
        position++;
        valueEnded();
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private boolean isInObject() {
        return isObject(depth);
    }

    private boolean isObject(int level) {
        return ((objects[level >> 6] >>> level) & 1) != 0;
    }

    private void setObject(int level, boolean object) {
        long bit = 1L << level;
        objects[level >> 6] = object ? objects[level >> 6] | bit : objects[level >> 6] & ~bit;
    }

    private void valueEnded() {
        expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private Token beginString(byte[] bytes, int limit) {
        inString = true;
        position++;
        return string(bytes, limit);
    }

    private Token string(byte[] bytes, int limit) {
        position = JsonBytes.stringEnd(bytes, position, limit);
        if (position == limit || bytes[position] != '"') {
            return Token.NONE;
        }
        position++;
        inString = false;
        if (expect == Expect.NAME || expect == Expect.NAME_OR_END) {
            expect = Expect.COLON;
            return Token.NAME;
        }
        valueEnded();
        return Token.STRING;
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

    static void require(boolean condition) {
        if (!condition) {
            throw notJson();
        }
    }

    static UnreadablePayloadException notJson() {
        return new UnreadablePayloadException(UnreadableReason.NOT_JSON);
    }
}
