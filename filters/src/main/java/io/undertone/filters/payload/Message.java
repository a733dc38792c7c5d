package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.SenderKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message, decoded. A field that stands there twice has two values: what a client makes of that is not known, so both
 * count.
 */
final class Message {
    private final Dialect dialect;
    private final Map<Field, List<String>> values = new EnumMap<>(Field.class);
    private final List<String> texts = new ArrayList<>();

    Message(Dialect dialect) {
        this.dialect = dialect;
    }

    void add(Field field, String value) {
        values.computeIfAbsent(field, f -> new ArrayList<>(1)).add(value);
        if (field.isJudged()) {
            texts.add(value);
        }
    }

    /** Everything in it that is judged. */
    List<String> texts() {
        return texts;
    }

    /** Everything in it. */
    Map<Field, List<String>> values() {
        return values;
    }

    List<String> all(Field field) {
        return values.getOrDefault(field, List.of());
    }

    /** The value of a field that has just one. */
    Optional<String> only(Field field) {
        List<String> all = all(field);
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** The sender's kind, unknown when the message names several. */
    SenderKind kind() {
        return dialect.kind(only(Field.KIND).orElse(null));
    }

    /** What makes it one that is delivered whatever it says; empty for all others. */
    Optional<Map<Field, String>> exemption() {
        return dialect.exempt().stream()
                .filter(wanted -> wanted.entrySet().stream().allMatch(value -> only(value.getKey())
                        .filter(has -> Dialect.isAsWanted(value.getValue(), has))
                        .isPresent()))
                .findFirst();
    }
}
