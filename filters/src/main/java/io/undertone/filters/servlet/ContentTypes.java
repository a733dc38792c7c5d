package io.undertone.filters.servlet;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.undertone.filters.payload.PayloadType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What media types, in lower case and without parameters, say of a body. */
final class ContentTypes {
    private static final Set<String> JAVASCRIPT =
            Set.of("application/javascript", "text/javascript", "application/x-javascript");

    /** A function called with an object or an array, which an application's own scripts do not begin with. */
    private static final Pattern CALL = Pattern.compile("(?s)\\s*(?:/\\*\\*/)?\\s*[\\w$.\\[\\]]+\\s*\\(\\s*[\\[{].*");

    /** So little that it may still become such a call. */
    private static final Pattern CALL_TO_BE = Pattern.compile("\\s*(?:/\\*{0,2}/?)?\\s*[\\w$.\\[\\]]*\\s*\\(?\\s*");

    private static final Pattern JSON = Pattern.compile("(?s)\\s*[\\[{].*");

    private static final int BEGINNING = 512;

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([^\\s\"';,]*)");

    /** Charsets in which what is ASCII is ASCII, whatever stands before it: in others, a keyword may look like none. */
    private static final Pattern READABLE_CHARSET =
            Pattern.compile("(?i)utf-?8|us-ascii|ascii|iso-?8859-\\d+|latin1|windows-125\\d|");

    private ContentTypes() {}

    /** The framing that a type promises. */
    static Optional<PayloadType> declared(String type) {
        return switch (type) {
            case "application/json", "text/json" -> Optional.of(PayloadType.JSON);
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/stream+json" -> Optional.of(PayloadType.JSON_LINES);
            case "text/event-stream" -> Optional.of(PayloadType.EVENT_STREAM);
            default -> type.endsWith("+json") ? Optional.of(PayloadType.JSON) : Optional.empty();
        };
    }

    /** Whether a client that believes what a reply says of its charset reads what the judge reads. */
    static boolean isCharsetReadable(String contentType) {
        if (contentType.indexOf('=') < 0) {
            return true;
        }
        Matcher charset = CHARSET.matcher(contentType);
        while (charset.find()) {
            if (!READABLE_CHARSET.matches(charset.group(1))) {
                return false;
            }
        }
        return true;
    }

    /** Under a chat's own paths, whatever comes is taken for a chat's. */
    static PayloadType onChatPath(List<String> types) {
        return types.stream().anyMatch(JAVASCRIPT::contains) ? PayloadType.JSONP : PayloadType.UNKNOWN;
    }

    /**
     * Elsewhere, what says nothing of itself, or that it is text, may be a chat's if it looks like it.
     *
     * @param beginning the first bytes of the body, null where they are coded
     */
    static Optional<PayloadType> byBeginning(List<String> types, byte @Nullable [] beginning) {
        if (beginning == null) {
            return types.isEmpty() || types.contains("text/plain")
                    ? Optional.of(PayloadType.UNKNOWN)
                    : Optional.empty();
        }
        String text = new String(beginning, 0, Math.min(beginning.length, BEGINNING), StandardCharsets.ISO_8859_1);
        if (types.stream().anyMatch(JAVASCRIPT::contains)) {
            boolean mayBeCall = !text.isEmpty() && (CALL.matches(text) || CALL_TO_BE.matches(text));
            return mayBeCall ? Optional.of(PayloadType.JSONP) : Optional.empty();
        }
        boolean isText = types.isEmpty() || types.stream().anyMatch(type -> type.startsWith("text/"));
        boolean mayBeJson = !text.isEmpty() && (text.isBlank() || JSON.matches(text));
        return isText && mayBeJson ? Optional.of(PayloadType.UNKNOWN) : Optional.empty();
    }
}
