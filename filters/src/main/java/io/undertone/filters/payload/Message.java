package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** Words that stand by themselves, as a message of a sender that nothing is known of. */
    static Message ofWords(Dialect dialect, String words) {
        Message message = new Message(dialect);
        message.add(Field.TEXT, words);
        return message;
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

    /** Who may see it as it says itself; of several, the fewest. */
    Visibility visibility() {
        return all(Field.VISIBILITY).stream()
                .map(dialect::visibility)
                .max(Comparator.naturalOrder())
                .orElse(Visibility.ALL);
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
