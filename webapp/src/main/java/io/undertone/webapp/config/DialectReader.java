package io.undertone.webapp.config;

import io.undertone.filters.dialect.Decoding;
import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.DialectSource;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the dialects of the file, one after the other: a later one may name an earlier one. */
final class DialectReader {
    private static final String EVERY_PATH = ".*";

    private DialectCatalogue catalogue = DialectCatalogue.BUILT_IN;

    /** What was read so far, and is built in. */
    DialectCatalogue catalogue() {
        return catalogue;
    }

    /** A dialect is made of what is right even where something is wrong, so that a route may name it without a second error. */
    Optional<Dialect> listed(Section section) {
        Optional<String> name = section.required("name", "what routes call it", this::freeName);
        List<String> like = section.values("like", this::known);
        // Where a dialect does not say, every path is a chat's: too much is judged rather than too little.
        String chatPath =
                section.value("chatPath", like.isEmpty() ? EVERY_PATH : DialectSource.NO_PATH, Values::pattern);
        String downloadPath = section.value("downloadPath", DialectSource.NO_PATH, Values::pattern);
        Set<String> places = new HashSet<>();
        List<String> messages = paths(section, "messages", places);
        List<String> rows = paths(section, "rows", places);
        boolean frames = section.value("frames", false, Values::yesOrNo);
        if (!section.has("messages") && !section.has("rows") && !frames && !section.has("like")) {
            section.error("", "says nowhere where messages stand; name 'messages', 'rows', 'frames: true' or 'like'");
        }
        DialectSource source = new DialectSource(
                name.orElse(""),
                like,
                chatPath,
                downloadPath,
                messages,
                rows,
                frames,
                paths(section, "chatId", places, DialectReader::partOfPayload),
                paths(section, "session", places, DialectReader::partOfPayload),
                paths(section, "words", places),
                section.values("counts", DialectReader::partOfMessage),
                fields(section.section("fields")),
                section.lists("vocabulary", Values::payloadPath, Values::notBlank),
                section.map("kinds", Function.identity(), DialectReader::kind),
                section.map(
                        "visibilities",
                        Function.identity(),
                        text -> Values.constant(text, Visibility.class, "ALL", "INT", "VIP")),
                section.map(
                        "decode",
                        Values::payloadPath,
                        text -> Values.constant(text, Decoding.class, "json", "url", "html")),
                section.list("exempt", DialectReader::exemption),
                section.values("renames", Values::notBlank),
                section.values("addresses", Values::notBlank),
                section.map("harmlessRow", DialectReader::partOfMessage, Values::json),
                section.map("ended", Values::notBlank, Values::json),
                section.map("goesOn", Values::notBlank, Values::json),
                section.values("candidates", this::known));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Dialect dialect = new Dialect(source, catalogue::named);
        catalogue = catalogue.with(dialect);
        return Optional.of(dialect);
    }

    private String known(String name) {
        return catalogue.require(name).name();
    }

    private String freeName(String text) {
        if (catalogue.named(Values.notBlank(text)).isPresent()) {
            throw new IllegalArgumentException('"' + text + "\" is the name of another dialect; choose one of its own");
        }
        return text;
    }

    private static Map<Field, List<String>> fields(Section section) {
        Map<Field, List<String>> fields = new EnumMap<>(Field.class);
        Set<String> places = new HashSet<>();
        for (Field field : Field.values()) {
            fields.put(field, paths(section, spelling(field), places));
        }
        section.finish();
        return fields;
    }

    /** @param taken the paths that mean something already */
    private static List<String> paths(Section section, String key, Set<String> taken) {
        return paths(section, key, taken, Values::payloadPath);
    }

    private static List<String> paths(
            Section section, String key, Set<String> taken, Function<String, String> reading) {
        List<String> paths = section.values(key, reading);
        paths.stream()
                .filter(path -> !taken.add(path))
                .forEach(path -> section.error(key, '"' + path + "\" is named twice; one place means one thing"));
        return paths;
    }

    private static String partOfPayload(String text) {
        String path = Values.payloadPath(text);
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is the whole payload, of which nothing would be judged; name single fields");
        }
        return path;
    }

    private static Optional<Map<Field, String>> exemption(Section section) {
        Map<Field, String> wanted = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            section.optional(spelling(field), Values::notBlank).ifPresent(value -> wanted.put(field, value));
        }
        if (wanted.isEmpty()) {
            section.error("", "would exempt every message; name the values that one has, such as {type: Notice}");
            return Optional.empty();
        }
        return Optional.of(wanted);
    }

    private static String spelling(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private static SenderKind kind(String text) {
        return Values.constant(
                text, SenderKind.class, "Client", "Agent", "Supervisor", "External", "System", "Unknown");
    }

    /** Only what stands in a message itself is replaced, not what stands deeper. */
    private static String partOfMessage(String text) {
        String path = Values.payloadPath(text);
        if (path.matches("[^.\\[\\]]+|\\[\\d+]")) {
            return path;
        }
        throw new IllegalArgumentException('"' + text + "\" leads deeper than into the message; write NAME or [N]");
    }
}
