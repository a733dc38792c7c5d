package io.undertone.filters.payload;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far a number has been read (RFC 8259 section 6). */
enum JsonNumber {
    MINUS,
    ZERO,
    INTEGER,
    POINT,
    FRACTION,
    E,
    E_SIGN,
    EXPONENT;

    /** Of no more digits and zeros than anybody counts by. */
    private static final Pattern USUAL_SIZE =
            Pattern.compile("-?[0-9]{1,40}(?:\\.[0-9]{1,40})?+(?:[eE][+-]?[0-9]{1,2})?+");

    /** A number as most servers write it, such as 9 for 9.0 and 9e0: some write all numbers as fractions. */
    static String usual(String number) {
        return isInteger(number) || !USUAL_SIZE.matcher(number).matches()
                ? number
                : new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static boolean isInteger(String number) {
        return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    /** Whether a text may be a number that {@link #usual} writes otherwise. */
    static boolean mayBeUnusual(byte[] bytes, int from, int to) {
        boolean mayBeNumber = from < to && (bytes[from] == '-' || (bytes[from] >= '0' && bytes[from] <= '9'));
        return mayBeNumber && !isInteger(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** What a number's first byte makes of it. */
    static JsonNumber begin(byte lead) {
        return lead == '-' ? MINUS : lead == '0' ? ZERO : INTEGER;
    }

    /** What the next byte makes of it, null when that is not of the number. */
    @Nullable
    JsonNumber after(byte b) {
        boolean digit = b >= '0' && b <= '9';
        return switch (this) {
            case MINUS -> !digit ? null : b == '0' ? ZERO : INTEGER;
            case ZERO -> b == '.' ? POINT : isE(b) ? E : null;
            case INTEGER -> digit ? INTEGER : b == '.' ? POINT : isE(b) ? E : null;
            case POINT -> digit ? FRACTION : null;
            case FRACTION -> digit ? FRACTION : isE(b) ? E : null;
            case E -> digit ? EXPONENT : b == '+' || b == '-' ? E_SIGN : null;
            case E_SIGN, EXPONENT -> digit ? EXPONENT : null;
        };
    }

    private static boolean isE(byte b) {
        return b == 'e' || b == 'E';
    }

    /** Whether it is a number if nothing more comes. */
    boolean isWhole() {
        return switch (this) {
            case ZERO, INTEGER, FRACTION, EXPONENT -> true;
            case MINUS, POINT, E, E_SIGN -> false;
        };
    }
}
