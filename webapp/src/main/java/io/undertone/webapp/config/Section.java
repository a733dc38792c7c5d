package io.undertone.webapp.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One mapping of the file, overlaid with the environment. Whatever is wrong is noted with its place and reading goes on,
 * so that all errors come out at once; the value returned beside an error is never used.
 */
final class Section {
    private final String path;
    private final @Nullable JsonNode node;
    private final Environment environment;
    private final List<String> errors;
    private final boolean mapping;
    private final Set<String> keys = new LinkedHashSet<>();

    private Section(String path, @Nullable JsonNode node, Environment environment, List<String> errors) {
        this.path = path;
        this.environment = environment;
        this.errors = errors;
        this.mapping = node == null || node.isNull() || node.isObject();
        if (!mapping) {
            errors.add((path.isEmpty() ? "the file" : path) + " has to be a mapping of keys to values");
        }
        this.node = mapping ? node : null;
    }

    static Section root(@Nullable JsonNode node, Environment environment, List<String> errors) {
        return new Section("", node, environment, errors);
    }

    /** A value, and where it was written: the path in the file, or the name of the variable. */
    private record Written(String where, String text) {}

    /**
     * A value that is read from text.
     *
     * @param reading turns text into the value, or says with an {@link IllegalArgumentException} what is wrong and what
     *     to write; its message stands behind the place
     * @return empty when none is written, or beside an error
     */
    <T> Optional<T> optional(String key, Function<String, T> reading) {
        return written(key).flatMap(written -> read(written, reading));
    }

    private <T> Optional<T> read(Written written, Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(written.text()));
        } catch (IllegalArgumentException wrong) {
            errors.add(written.where() + ": " + wrong.getMessage());
            return Optional.empty();
        }
    }

    /** As {@link #optional}, where a value has to be written. */
    <T> Optional<T> required(String key, String mend, Function<String, T> reading) {
        if (!has(key)) {
            error(key, "is missing; write " + mend);
        }
        return optional(key, reading);
    }

    <T> T value(String key, T otherwise, Function<String, T> reading) {
        return optional(key, reading).orElse(otherwise);
    }

    String text(String key, String otherwise) {
        return value(key, otherwise, Values::notBlank);
    }

    int integer(String key, int otherwise, int least, int most) {
        return value(key, otherwise, text -> Values.wholeNumber(text, least, most));
    }

    /** A time with its unit: {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}; never zero. */
    Duration duration(String key, Duration otherwise) {
        return value(key, otherwise, Values::duration);
    }

    /** A constant of an enum, written in any case as one of the spellings. */
    <E extends Enum<E>> E oneOf(String key, E otherwise, String... spellings) {
        return value(key, otherwise, text -> Values.constant(text, otherwise.getDeclaringClass(), spellings));
    }

    /** One text, or a list of them; empty when there is none. */
    List<String> texts(String key) {
        return values(key, Function.identity());
    }

    /** One value, or a list of them, each read as by {@link #optional}; those beside an error are left out. */
    <T> List<T> values(String key, Function<String, T> reading) {
        JsonNode child = child(key);
        JsonNode list = child != null && child.isArray() ? child : null;
        String place = place(key);
        Optional<Written> alone = written(place, list == null ? child : null);
        List<T> values = new ArrayList<>();
        if (alone.isPresent()) {
            read(alone.get(), reading).ifPresent(values::add);
            return values;
        }
        int end = end(list, place);
        for (int index = 0; index < end; index++) {
            written(place + "[" + index + "]", item(list, index))
                    .flatMap(written -> read(written, reading))
                    .ifPresent(values::add);
        }
        return values;
    }

    /** A mapping whose keys the file chooses; the environment may change their values. */
    <K, V> Map<K, V> map(String key, Function<String, K> keyReading, Function<String, V> valueReading) {
        return entries(key, keyReading, (entries, name) -> entries.optional(name, valueReading));
    }

    /** As {@link #map}, where each key has one value or a list of them. */
    <K, V> Map<K, List<V>> lists(String key, Function<String, K> keyReading, Function<String, V> valueReading) {
        return entries(key, keyReading, (entries, name) -> Optional.of(entries.values(name, valueReading)));
    }

    private <K, V> Map<K, V> entries(
            String key, Function<String, K> keyReading, BiFunction<Section, String, Optional<V>> valueOf) {
        Section entries = section(key);
        environment.changesOnly(entries.path);
        Map<K, V> map = new LinkedHashMap<>();
        for (String name : entries.node == null ? List.<String>of() : entries.node.propertyNames()) {
            Optional<K> entry = read(new Written(entries.place(name), name), keyReading);
            Optional<V> value = valueOf.apply(entries, name);
            if (entry.isPresent() && value.isPresent()) {
                map.put(entry.get(), value.get());
            }
        }
        return map;
    }

    /** Whether anything is written under a key. */
    boolean has(String key) {
        return child(key) != null || environment.reaches(place(key));
    }

    Section section(String key) {
        return new Section(place(key), child(key), environment, errors);
    }

    /** A list of mappings; entries beyond those of the file may stand in the environment. */
    <T> List<T> list(String key, Function<Section, Optional<T>> reading) {
        JsonNode child = child(key);
        String place = place(key);
        if (child != null && !child.isNull() && !child.isArray()) {
            errors.add(place + " has to be a list; begin each entry with '- '");
            return List.of();
        }
        List<T> entries = new ArrayList<>();
        int end = end(child, place);
        for (int index = 0; index < end; index++) {
            Section entry = new Section(place + "[" + index + "]", item(child, index), environment, errors);
            if (entry.mapping) {
                reading.apply(entry).ifPresent(entries::add);
                entry.finish();
            }
        }
        return entries;
    }

    /** Notes an error of the value under a key, or of this whole mapping when the key is empty. */
    void error(String key, String what) {
        errors.add((key.isEmpty() ? path : place(key)) + ": " + what);
    }

    /** Notes every key that nobody asked for. To be called when everything was read. */
    void finish() {
        if (node == null) {
            return;
        }
        for (String key : node.propertyNames()) {
            if (!keys.contains(key)) {
                String mend = Spelling.nearest(key, keys)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("the keys here are " + String.join(", ", keys));
                errors.add(place(key) + " is not an option; " + mend);
            }
        }
    }

    /** The index of this entry in its list. */
    int index() {
        return Integer.parseInt(path.substring(path.lastIndexOf('[') + 1, path.length() - 1));
    }

    private Optional<Written> written(String key) {
        return written(place(key), child(key));
    }

    private Optional<Written> written(String place, @Nullable JsonNode inFile) {
        Optional<Written> inEnvironment =
                environment.valueAt(place).map(text -> new Written(Environment.nameOf(place), text));
        if (inEnvironment.isPresent() || inFile == null) {
            return inEnvironment;
        }
        if (inFile.isNull()) {
            return Optional.of(new Written(place, ""));
        }
        if (inFile.isContainer()) {
            errors.add(place + " has to be a single value");
            return Optional.empty();
        }
        return Optional.of(new Written(place, inFile.asString()));
    }

    /** How many entries a list has; the environment may go on where the file ends, but leave none out. */
    private int end(@Nullable JsonNode list, String place) {
        int end = list == null ? 0 : list.size();
        while (environment.reaches(place + "[" + end + "]")) {
            end++;
        }
        int missing = end;
        environment
                .behind(place, end)
                .ifPresent(variable -> errors.add(variable + ": index " + missing
                        + " is missing before it; number the entries of '" + place + "' without a gap"));
        return end;
    }

    private static @Nullable JsonNode item(@Nullable JsonNode list, int index) {
        return list == null ? null : list.get(index);
    }

    private @Nullable JsonNode child(String key) {
        keys.add(key);
        return node == null ? null : node.get(key);
    }

    private String place(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
