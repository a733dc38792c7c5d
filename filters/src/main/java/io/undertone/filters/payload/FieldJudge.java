package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges what a reply says beside its body: the fields of its head and its trailers, and those of a WebSocket's handshake. A
 * field that carries a keyword, or names a hidden participant, is not for the audience; the rest of the reply is.
 *
 * <p>A value is read as UTF-8 and as ISO-8859-1, since clients differ (RFC 9110 section 5.5), with and without its
 * percent-encoding (RFC 3986, RFC 8187) and its backslashes (quoted pairs, JSON, scripts), whole and parameter by parameter.
 *
 * <p>{@link #MACHINE_MADE Some fields} are not judged: lengths, dates and hashes are made by machines, and a short keyword
 * would by chance be found in one now and then; and without those that frame a reply nobody could read it. For one thread at
 * a time.
 */
public final class FieldJudge {
    private static final Set<String> MACHINE_MADE = caseless(
            "Accept-Ranges",
            "Age",
            "Connection",
            "Content-Digest",
            "Content-Encoding",
            "Content-Length",
            "Content-MD5",
            "Content-Range",
            "Date",
            "Digest",
            "ETag",
            "Expires",
            "Keep-Alive",
            "Last-Modified",
            "Repr-Digest",
            "Retry-After",
            "Sec-WebSocket-Accept",
            "Sec-WebSocket-Version",
            "TE",
            "Transfer-Encoding",
            "Upgrade");

    private static final String CONTENT_TYPE = "Content-Type";

    /** A media type without parameters. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[ \\t]*[0-9A-Za-z.+-]+/[0-9A-Za-z.+-]+");

    /** The parameters without which a body cannot be read. */
    private static final Pattern READING_PARAMETER =
            Pattern.compile("(?i);[ \\t]*(?:charset|boundary)=(?:[0-9a-z._-]+|\"[0-9a-z._-]+\")");

    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

    /** What stands between two parameters, or between a parameter's name and its value. */
    private static final Pattern DELIMITER = Pattern.compile("[;,=&?][ \\t]*");

    private final Decider decider;
    private final Consumer<String> withheld;

    /**
     * @param keywords what fields are judged by
     * @param memory what is known of the chat's participants
     * @param withheld hears the name of each field of which something is withheld
     */
    public FieldJudge(
            Dialect dialect, Audience audience, KeywordSet keywords, ChatMemory memory, Consumer<String> withheld) {
        this.decider = new Decider(dialect, keywords, audience, memory);
        this.withheld = withheld;
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Collections.addAll(set, names);
        return Collections.unmodifiableSet(set);
    }

    /**
     * Judges one field.
     *
     * @param value as a container has it: each character is one byte, or a character beyond ISO-8859-1
     * @return what goes on: the value as it is; a {@code Content-Type} without its dispensable parameters; empty where the
     *     field does not go on
     */
    public Optional<String> judge(String name, String value) {
        if (MACHINE_MADE.contains(name) || !hides(value)) {
            return Optional.of(value);
        }
        Optional<String> seen = name.equalsIgnoreCase(CONTENT_TYPE) ? bareType(value) : Optional.empty();
        if (seen.filter(value::equals).isEmpty()) {
            withheld.accept(name);
        }
        return seen;
    }

    /** The type itself is a word of the protocol, and nobody can read a body without it. */
    private static Optional<String> bareType(String value) {
        Matcher type = MEDIA_TYPE.matcher(value);
        if (!type.lookingAt()) {
            return Optional.empty();
        }
        StringBuilder bare = new StringBuilder(type.group());
        Matcher parameter = READING_PARAMETER.matcher(value);
        while (parameter.find()) {
            bare.append(parameter.group());
        }
        return Optional.of(bare.toString());
    }

    private boolean hides(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        if (hasOneReading(bytes) && !decider.mayBeHidden(bytes, 0, bytes.length)) {
            return false;
        }
        return readings(value).anyMatch(this::hidesReading);
    }

    private static boolean hasOneReading(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b == '%' || b == '+') {
                return false;
            }
        }
        return TextReadings.isPlain(bytes, 0, bytes.length);
    }

    /** A NUL would be unreadable, and says nothing. */
    private boolean hidesReading(String reading) {
        byte[] bytes = reading.replace("\0", "").getBytes(UTF_8);
        return decider.maySayHidden(bytes, 0, bytes.length);
    }

    private static Stream<String> readings(String value) {
        return Stream.of(value, new String(value.getBytes(ISO_8859_1), UTF_8))
                .flatMap(text -> Stream.of(text, QUOTED_PAIR.matcher(text).replaceAll("$1")))
                .distinct()
                .flatMap(FieldJudge::percentDecoded)
                .flatMap(text -> Stream.of(text, DELIMITER.matcher(text).replaceAll("\"")))
                .distinct();
    }

    /** In a form a plus sign is a space, and elsewhere it is what it is. */
    private static Stream<String> percentDecoded(String text) {
        String escapedPlus = text.replace("+", "%2B");
        return Stream.concat(
                Stream.of(text), Stream.of(UTF_8, ISO_8859_1).flatMap(charset -> Stream.of(text, escapedPlus)
                        .map(coded -> MessageReader.percentDecoded(coded, charset))));
    }
}
