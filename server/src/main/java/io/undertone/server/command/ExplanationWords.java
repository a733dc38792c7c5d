package io.undertone.server.command;

import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.UnreadableReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an explanation spells what the engine calls by constants. */
final class ExplanationWords {
    private static final int LONGEST = 160;

    private ExplanationWords() {}

    /**
     * The framing of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static PayloadType type(String text) {
        return Arrays.stream(PayloadType.values())
                .filter(type -> type != PayloadType.UNKNOWN && spelled(type).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException('"' + text + "\" is none of json, lines, events, jsonp, frame"));
    }

    static String spelled(PayloadType type) {
        return switch (type) {
            case JSON -> "json";
            case JSON_LINES -> "lines";
            case EVENT_STREAM -> "events";
            case JSONP -> "jsonp";
            case FRAME -> "frame";
            case UNKNOWN -> "unknown";
        };
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As configuration and chat systems have it: {@code External}. */
    static String capitalised(Enum<?> constant) {
        return constant.name().charAt(0) + spelled(constant).substring(1);
    }

    static String inWords(UnreadableReason reason) {
        return switch (reason) {
            case NOT_JSON -> "it is not JSON there";
            case NOT_UTF8 -> "it is not UTF-8 there";
            case BYTE_ORDER_MARK -> "it begins with a byte order mark";
            case TRUNCATED -> "it ends in the middle";
            case PARTIAL -> "only a part of it was sent";
            case TRAILING_CONTENT -> "something follows the document; '--type lines' reads one document a line";
            case NESTED_TOO_DEEP -> "objects and arrays stand in one another too deep";
            case MESSAGE_TOO_LARGE -> "one message is larger than the limit";
            case KEYWORD_OUTSIDE_MESSAGES -> "a keyword stands where the dialect knows of no message";
            case UNKNOWN_TYPE -> "it is of no known type, and a keyword may be in it";
            case UNREADABLE_CODING -> "its content coding cannot be taken off";
            case DECODES_TOO_LARGE -> "it grows beyond all measure when its content coding is taken off";
        };
    }

    /**
     * A text from a chat, fit for a terminal: whatever is not seen, or could steer the terminal, is written as an escape,
     * and a long text is cut.
     */
    static String quoted(String text) {
        String shown = text.codePoints()
                .limit(LONGEST)
                .mapToObj(c -> isSeen(c) ? Character.toString(c) : String.format("\\u%04X", c))
                .collect(Collectors.joining());
        return '"' + shown + (text.codePointCount(0, text.length()) > LONGEST ? "…" : "") + '"';
    }

    private static boolean isSeen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
