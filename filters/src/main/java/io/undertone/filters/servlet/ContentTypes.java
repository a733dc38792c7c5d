package io.undertone.filters.servlet;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.undertone.filters.dialect.Findings;
import io.undertone.filters.payload.Beginning;
import io.undertone.filters.payload.PayloadType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What media types, in lower case and without parameters, say of a body. */
final class ContentTypes {
    private static final Set<String> JAVASCRIPT = Set.of(
            "application/javascript", "text/javascript", "application/x-javascript", "application/jsonp", "text/jsonp");

    /** By whatever name: {@code application/json}, {@code text/x-json}, {@code application/problem+json}. */
    private static final Pattern JSON = Pattern.compile(".*\\bjson\\b.*");

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([^\\s\"';,]*)");

    /** Charsets in which what is ASCII is ASCII, whatever stands before it: in others, a keyword may look like none. */
    private static final Pattern READABLE_CHARSET =
            Pattern.compile("(?i)utf-?8|us-ascii|ascii|iso-?8859-\\d+|latin1|windows-125\\d|");

    private ContentTypes() {}

    /**
     * What one {@code Content-Type} says.
     *
     * @param types in lower case and without parameters; more than one where it was joined of several
     * @param declared the framing that it promises
     * @param isReadable whether a client that believes what it says of the charset reads what the judge reads
     */
    record Meaning(List<String> types, Optional<PayloadType> declared, boolean isReadable) {}

    private static final Findings<Meaning> MEANINGS = new Findings<>(ContentTypes::found);

    static Meaning meaning(String contentType) {
        return MEANINGS.of(contentType);
    }

    private static Meaning found(String contentType) {
        List<String> types = Stream.of(contentType.split(",", -1))
                .map(value -> value.strip().split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty())
                .toList();
        return new Meaning(
                types,
                types.stream().flatMap(type -> declared(type).stream()).findFirst(),
                isCharsetReadable(contentType));
    }

    private static Optional<PayloadType> declared(String type) {
        return switch (type) {
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/stream+json" -> Optional.of(PayloadType.JSON_LINES);
            case "text/event-stream" -> Optional.of(PayloadType.EVENT_STREAM);
            default -> JSON.matches(type) ? Optional.of(PayloadType.JSON) : Optional.empty();
        };
    }

    private static boolean isCharsetReadable(String contentType) {
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
     * Elsewhere, what says nothing of itself, or that it is text or a script, may be a chat's if it looks like it.
     *
     * @param isCoded whether it has a content coding: such a text is always looked into
     * @param beginning the first bytes of the body, decoded; none where they cannot be
     */
    static Optional<PayloadType> byBeginning(List<String> types, boolean isCoded, Supplier<byte[]> beginning) {
        if (isCoded && (types.isEmpty() || types.contains("text/plain"))) {
            return Optional.of(PayloadType.UNKNOWN);
        }
        boolean isScript = types.stream().anyMatch(JAVASCRIPT::contains);
        boolean isText = types.isEmpty() || types.stream().anyMatch(type -> type.startsWith("text/"));
        if (!isScript && !isText) {
            return Optional.empty();
        }
        byte[] body = beginning.get();
        if (isScript && Beginning.mayBeCall(body)) {
            return Optional.of(PayloadType.JSONP);
        }
        return Beginning.mayBeJson(body) ? Optional.of(PayloadType.UNKNOWN) : Optional.empty();
    }
}
