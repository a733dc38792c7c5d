package io.undertone.filters.keyword;

/** Decodes UTF-8 strictly (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    /** What {@link #decode} answers for bytes that are no character. */
    public static final int INVALID = -1;

    private Utf8() {}

    /** The length in bytes of the character that a lead byte above 0x7F begins; 1 for one that begins none. */
    public static int length(int lead) {
        int unsigned = lead & 0xFF;
        return unsigned < 0xC2 || unsigned > 0xF4 ? 1 : unsigned < 0xE0 ? 2 : unsigned < 0xF0 ? 3 : 4;
    }

    /**
     * The code point at an index.
     *
     * @param length what {@link #length} said of the byte there; so many bytes are present
     * @return the code point, or {@link #INVALID}
     */
    public static int decode(byte[] bytes, int at, int length) {
        if (length == 1 || !isContinuation(bytes[at + 1])) {
            return INVALID;
        }
        int codePoint = bytes[at + 1] & 0x3F;
        if (length == 2) {
            return ((bytes[at] & 0x1F) << 6) | codePoint;
        }
        if (!isContinuation(bytes[at + 2])) {
            return INVALID;
        }
        codePoint = (codePoint << 6) | (bytes[at + 2] & 0x3F);
        if (length == 3) {
            codePoint |= (bytes[at] & 0x0F) << 12;
            boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
            return codePoint < 0x800 || surrogate ? INVALID : codePoint;
        }
        if (!isContinuation(bytes[at + 3])) {
            return INVALID;
        }
        codePoint = ((bytes[at] & 0x07) << 18) | (codePoint << 6) | (bytes[at + 3] & 0x3F);
        return codePoint < 0x10000 || codePoint > Character.MAX_CODE_POINT ? INVALID : codePoint;
    }

    private static boolean isContinuation(byte b) {
        return b <= (byte) 0xBF;
    }
}
