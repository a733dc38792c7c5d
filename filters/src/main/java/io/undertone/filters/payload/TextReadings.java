package io.undertone.filters.payload;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.StringEscapeUtils;

/** What bytes of no known shape may say: as they stand, as a script's or JSON's string, and as a page that somebody sees. */
final class TextReadings {
    /** Nothing that a person sees between the text before and behind it. */
    private static final Pattern TAG = Pattern.compile("(?s)<!--.*?-->|<[^<>]*>");

    /** The escapes of ECMAScript that JSON does not have: two hexadecimal digits, or any number of them in braces. */
    private static final Pattern SCRIPT_ESCAPE =
            Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|u\\{0*([0-9A-Fa-f]{1,6})\\}|(\r\n|[\n\r\u2028\u2029]))");

    private TextReadings() {}

    /** Whether the bytes have but one reading, the text that they are. */
    static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '&' || bytes[at] == '<' || bytes[at] == '\\') {
                return false;
            }
        }
        return true;
    }

    static Set<String> of(String text) {
        return Stream.of(
                        text,
                        scriptUnescaped(text),
                        StringEscapeUtils.unescapeHtml4(text),
                        StringEscapeUtils.unescapeHtml4(TAG.matcher(text).replaceAll("")))
                .collect(Collectors.toSet());
    }

    private static String scriptUnescaped(String text) {
        Matcher escape = SCRIPT_ESCAPE.matcher(text);
        StringBuilder plain = new StringBuilder();
        while (escape.find()) {
            String digits = escape.group(1) != null ? escape.group(1) : escape.group(2);
            int codePoint = digits == null ? -1 : Integer.parseInt(digits, 16);
            escape.appendReplacement(
                    plain,
                    Character.isValidCodePoint(codePoint)
                            ? Matcher.quoteReplacement(Character.toString(codePoint))
                            : "");
        }
        escape.appendTail(plain);
        try {
            return StringEscapeUtils.unescapeEcmaScript(plain.toString());
        } catch (IllegalArgumentException e) {
            // A backslash that begins no escape: the text is what it looks like.
            return plain.toString();
        }
    }
}
