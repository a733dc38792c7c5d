package io.undertone.webapp.probe;

/** Keeps what others send fit for a log line, an XML document and a table. */
final class Printable {
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private Printable() {}

    /** Whether a text holds nothing but visible characters and spaces, all of them decoded without loss. */
    static boolean isPrintable(String text) {
        return text.codePoints().allMatch(Printable::isPrintable);
    }

    /** The text with a space for each character that is not printable, cut to so many characters. */
    static String shorten(String text, int maxLength) {
        return text.codePoints()
                .limit(maxLength)
                .map(codePoint -> isPrintable(codePoint) ? codePoint : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPrintable(int codePoint) {
        return codePoint != REPLACEMENT_CHARACTER
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
