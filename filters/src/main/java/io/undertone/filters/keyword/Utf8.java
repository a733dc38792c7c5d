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
        int second = length > 1 ? bytes[at + 1] : 0;
        int third = length > 2 ? bytes[at + 2] : 0x80;
        int fourth = length > 3 ? bytes[at + 3] : 0x80;
        if (length == 1 || (second & 0xC0) != 0x80 || (third & 0xC0) != 0x80 || (fourth & 0xC0) != 0x80) {
            return INVALID;
        }
        int lead = bytes[at];
        if (length == 2) {
            return ((lead & 0x1F) << 6) | (second & 0x3F);
        }
        if (length == 3) {
            int codePoint = ((lead & 0x0F) << 12) | ((second & 0x3F) << 6) | (third & 0x3F);
            boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
            return codePoint < 0x800 || surrogate ? INVALID : codePoint;
        }
        int codePoint = ((lead & 0x07) << 18) | ((second & 0x3F) << 12) | ((third & 0x3F) << 6) | (fourth & 0x3F);
        return codePoint < 0x10000 || codePoint > Character.MAX_CODE_POINT ? INVALID : codePoint;
    }
}
