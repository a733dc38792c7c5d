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

    /** The escapes of ECMAScript, of which JSON has some (ECMA-262 section 12.9.4); a backslash before anything else says nothing. */
    private static final Pattern SCRIPT_ESCAPE = Pattern.compile(
            "(?s)\\\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\\{0*([0-9A-Fa-f]{1,6})\\}|([0-3]?[0-7]{1,2})|(\r\n|[\n\r\u2028\u2029])|(.))");

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

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
            escape.appendReplacement(plain, Matcher.quoteReplacement(meant(escape)));
        }
        return escape.appendTail(plain).toString();
    }

    private static String meant(Matcher escape) {
        for (int group = 1; group <= 4; group++) {
            if (escape.group(group) != null) {
                int codePoint = Integer.parseInt(escape.group(group), group == 4 ? OCTAL : HEXADECIMAL);
                return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : "";
            }
        }
        if (escape.group(5) != null) {
            return "";
        }
        return switch (escape.group(6)) {
            case "b" -> "\b";
            case "f" -> "\f";
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "v" -> "\u000B";
            default -> escape.group(6);
        };
    }
}
