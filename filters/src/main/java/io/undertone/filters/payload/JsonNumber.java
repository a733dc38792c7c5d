package io.undertone.filters.payload;

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
