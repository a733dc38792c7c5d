package io.undertone.filters.payload;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.BitSet;
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
    /** What stands in each of {@link #values}, of which some are {@link #judged}. */
    private final List<Field> fields = new ArrayList<>();

    private final List<String> values = new ArrayList<>();
    private final BitSet judged = new BitSet();
    private final List<String> texts = new ArrayList<>();

    Message(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Words that stand by themselves, as a message of a sender that nothing is known of. */
    static Message ofWords(Dialect dialect, String words) {
        Message message = new Message(dialect);
        message.add(Field.TEXT, words);
        MessageReader.addInside(message, words);
        return message;
    }

    void add(Field field, String value) {
        add(field, value, field.isJudged());
    }

    void add(Field field, String value, boolean isJudged) {
        if (isJudged) {
            judged.set(values.size());
            texts.add(value);
        }
        fields.add(field);
        values.add(value);
    }

    /** Everything in it that is judged. */
    List<String> texts() {
        return texts;
    }

    /** Everything in it. */
    Map<Field, List<String>> values() {
        Map<Field, List<String>> byField = new EnumMap<>(Field.class);
        fields.forEach(field -> byField.computeIfAbsent(field, this::all));
        return byField;
    }

    /** The values of a field, in order. */
    List<String> all(Field field) {
        List<String> all = List.of();
        for (int i = fields.indexOf(field); i >= 0 && i < fields.size(); i++) {
            if (fields.get(i) == field) {
                all = all.isEmpty() ? new ArrayList<>(1) : all;
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** Those values of a field that are judged, in order. */
    List<String> judged(Field field) {
        return judged.stream()
                .filter(i -> fields.get(i) == field)
                .mapToObj(values::get)
                .toList();
    }

    /** The value of a field that has just one. */
    Optional<String> only(Field field) {
        int first = fields.indexOf(field);
        return first >= 0 && fields.lastIndexOf(field) == first ? Optional.of(values.get(first)) : Optional.empty();
    }

    /** The sender's kind, unknown when the message names several. */
    SenderKind kind() {
        return dialect.kind(only(Field.KIND).orElse(null));
    }

    /** Who may see it as it says itself; of several, the fewest. */
    Visibility visibility() {
        Visibility fewest = Visibility.ALL;
        for (String value : all(Field.VISIBILITY)) {
            Visibility said = dialect.visibility(value);
            fewest = said.compareTo(fewest) > 0 ? said : fewest;
        }
        return fewest;
    }

    /** What makes it one that is delivered whatever it says; empty for all others. */
    Optional<Map<Field, String>> exemption() {
        for (Map<Field, String> wanted : dialect.exempt()) {
            if (hasAll(wanted)) {
                return Optional.of(wanted);
            }
        }
        return Optional.empty();
    }

    private boolean hasAll(Map<Field, String> wanted) {
        for (Map.Entry<Field, String> value : wanted.entrySet()) {
            List<String> has = all(value.getKey());
            if (has.size() != 1 || !Dialect.isAsWanted(value.getValue(), has.get(0))) {
                return false;
            }
        }
        return true;
    }
}
