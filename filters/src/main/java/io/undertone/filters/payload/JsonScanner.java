package io.undertone.filters.payload;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) token by token and refuses everything else, wherever the bytes are cut.
 *
 * <p>The bytes stand in a window that its owner fills at the end and empties at the front (see {@link #shift}). A token that
 * is not complete yet is gone on with where it stopped, so small pieces cost no second reading of a large token. Nothing is
 * decoded: a token is a range of bytes.
 */
final class JsonScanner extends JsonRunner {
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

    private static final byte[][] LITERALS = {{'t', 'r', 'u', 'e'}, {'f', 'a', 'l', 's', 'e'}, {'n', 'u', 'l', 'l'}};

    private int tokenStart;
    private boolean inString;
    private boolean isPlain;
    private boolean inNumber;
    private JsonNumber number = JsonNumber.MINUS;

    /** For bytes that are judged already. */
    JsonScanner() {
        this(null);
    }

    /** @param decider is asked of every text on the way, see {@link #mayBeHidden} */
    JsonScanner(@Nullable Decider decider) {
        super(decider);
    }

    /** For what follows an element of an array that is a member of an object, up to that object's end. */
    static JsonScanner behindElement(int elementEnd) {
        JsonScanner scanner = new JsonScanner();
        scanner.nesting.set(1, true);
        scanner.nesting.set(2, false);
        scanner.depth = 2;
        scanner.expect = Expect.COMMA_OR_END;
        scanner.position = elementEnd;
        return scanner;
    }

    /** Whether bytes are one whole document, and nothing else. */
    static boolean isDocument(byte[] bytes) {
        JsonScanner scanner = new JsonScanner();
        try {
            while (scanner.next(bytes, bytes.length) != Token.NONE) {
                // The scanner does the reading.
            }
        } catch (UnreadablePayloadException e) {
            return false;
        }
        return scanner.isComplete();
    }

    /** Where the last token begins; of an incomplete one, its first byte. */
    int tokenStart() {
        return tokenStart;
    }

    /** Of the last name or string, whether every byte is ASCII and stands for itself. */
    boolean isPlain() {
        return isPlain;
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
        sample.forget();
    }

    /** Whether a whole document was read; a number at the root is whole only when nothing more comes. */
    boolean isComplete() {
        return expect == Expect.NOTHING || (inNumber && depth == 0 && number.isWhole());
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
        return next(bytes, limit, Nesting.MAX_DEPTH);
    }

    /**
     * The next token behind which no more than so many objects and arrays are open, or {@link Token#NONE}; those before it
     * are read as strictly.
     */
    Token next(byte[] bytes, int limit, int outer) {
        while (true) {
            Token token = step(bytes, limit, outer, NO_LEVEL);
            if (depth <= outer || token == Token.NONE) {
                return token;
            }
        }
    }

    /** Reads on to where something could be hidden, or to the last whole token. */
    void readToDoubt(byte[] bytes, int limit) {
        while (!mayBeHidden() && step(bytes, limit, 0, 0) != Token.NONE) {
            // The steps find out.
        }
    }

    private Token step(byte[] bytes, int limit, int outer, int watched) {
        if (depth > outer && !inString && !inNumber && expect != Expect.COLON) {
            run(bytes, limit, outer, watched);
            if (depth <= outer) {
                return nesting.isObject(depth + 1) ? Token.END_OBJECT : Token.END_ARRAY;
            }
            if (watched != NO_LEVEL && mayBeHidden()) {
                return Token.NONE;
            }
        }
        return inString ? string(bytes, limit) : inNumber ? number(bytes, limit) : begin(bytes, limit);
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
                number = JsonNumber.begin(lead);
                position++;
                yield number(bytes, limit);
            }
            default -> literal(bytes, limit);
        };
    }

    private Token begin(boolean object) {
        if (++depth > Nesting.MAX_DEPTH) {
            throw new UnreadablePayloadException(UnreadableReason.NESTED_TOO_DEEP);
        }
        nesting.set(depth, object);
        position++;
        expect = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
        return object ? Token.BEGIN_OBJECT : Token.BEGIN_ARRAY;
    }

    private Token end(byte lead) {
        boolean object = isInObject();
        require(depth > 0 && lead == (object ? '}' : ']'));
        depth--;
        position++;
        list.closed(depth);
        valueEnded();
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private boolean isInObject() {
        return nesting.isObject(depth);
    }

    private void valueEnded() {
        expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private Token beginString(byte[] bytes, int limit) {
        inString = true;
        isPlain = true;
        position++;
        return string(bytes, limit);
    }

    private Token string(byte[] bytes, int limit) {
        int plainEnd = JsonBytes.plainEnd(bytes, position, limit);
        position = JsonBytes.stringEnd(bytes, plainEnd, limit);
        isPlain &= position == plainEnd;
        if (position == limit || bytes[position] != '"') {
            return Token.NONE;
        }
        if (isPlain) {
            lookAtPlain(bytes, tokenStart + 1, position);
        } else {
            lookAt(bytes, tokenStart + 1, position);
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
            JsonNumber after = number.after(bytes[position]);
            if (after == null) {
                require(number.isWhole());
                inNumber = false;
                lookAt(bytes, tokenStart, position);
                valueEnded();
                return Token.SCALAR;
            }
            number = after;
            position++;
        }
        return Token.NONE;
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
