package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One message, decoded as far as somebody asks when all of it is added, for as long as its bytes stay where they are. A field
 * that stands there twice has two values: what a client makes of that is not known, so both count.
 */
final class Message {
    private final Dialect dialect;
    private final RawScan scan;
    private final List<String> suspects = new ArrayList<>(2);

    /** The first value of each field that has any. */
    private final Map<Field, Value> first = new EnumMap<>(Field.class);

    private @Nullable SenderKind kind;
    private @Nullable Map<Field, String> exemption;

    /** @param scan can say of most values that no keyword and no hidden nickname is in them */
    Message(Dialect dialect, RawScan scan) {
        this.dialect = dialect;
        this.scan = scan;
    }

    /** Words that stand by themselves, as a message of a sender that nothing is known of. */
    static Message ofWords(Dialect dialect, RawScan scan, String words) {
        Message message = new Message(dialect, scan);
        message.add(Field.TEXT, words);
        MessageReader.addInside(message, words);
        return message;
    }

    void add(Field field, String text) {
        add(new Value(field, text), field.isJudged());
    }

    /**
     * Adds a string, with its quotes, or a number.
     *
     * @param isPlain whether every byte is ASCII and stands for itself
     * @param vocabulary what the chat system itself writes there besides numbers, null where others write, too
     */
    void add(Field field, byte[] bytes, int from, int to, boolean isPlain, @Nullable Set<String> vocabulary) {
        Value value = new Value(field, bytes, from, to, isPlain);
        boolean mayBeJudged = field.isJudged() || vocabulary != null;
        boolean isSuspect = mayBeJudged && value.mayMatch(scan);
        if (isSuspect && vocabulary != null && !field.isJudged()) {
            isSuspect = value.isForeign(vocabulary);
        }
        add(value, isSuspect);
    }

    private void add(Value value, boolean isSuspect) {
        Value head = first.putIfAbsent(value.field, value);
        if (head != null) {
            head.last.next = value;
            head.last = value;
        }
        if (isSuspect) {
            value.isSuspect = true;
            suspects.add(value.text());
        }
    }

    /**
     * Everything in it that is judged, but for that in which there is surely nothing to find, and for the words that make it
     * one that is always delivered.
     */
    List<String> suspects() {
        if (suspects.isEmpty() || exemption().isEmpty()) {
            return suspects;
        }
        List<String> exempting = exemptingWords();
        return suspects.stream().filter(text -> !exempting.contains(text)).toList();
    }

    /** Those values of a field that are among the {@link #suspects()}, in order. */
    List<String> suspects(Field field) {
        return texts(field, value -> value.isSuspect);
    }

    /** The values of a field, in order. */
    List<String> all(Field field) {
        return texts(field, value -> true);
    }

    private List<String> texts(Field field, Predicate<Value> wanted) {
        List<String> texts = List.of();
        for (Value value = first.get(field); value != null; value = value.next) {
            if (wanted.test(value)) {
                texts = texts.isEmpty() ? new ArrayList<>(1) : texts;
                texts.add(value.text());
            }
        }
        return texts;
    }

    /** The ids of its sender, each as it is mostly spelled. */
    List<String> participants() {
        List<String> ids = List.of();
        for (Value value = first.get(Field.PARTICIPANT); value != null; value = value.next) {
            ids = ids.isEmpty() ? new ArrayList<>(1) : ids;
            ids.add(value.isNumber() ? JsonNumber.usual(value.text()) : value.text());
        }
        return ids;
    }

    /** Everything in it. */
    Map<Field, List<String>> values() {
        Map<Field, List<String>> byField = new EnumMap<>(Field.class);
        first.keySet().forEach(field -> byField.put(field, all(field)));
        return byField;
    }

    /** The value of a field that has just one. */
    Optional<String> only(Field field) {
        Value only = first.get(field);
        return only == null || only.next != null ? Optional.empty() : Optional.of(only.text());
    }

    /** The signatures in it, see {@link HiddenMessage#signatures()}. */
    List<String> signatures() {
        List<String> signatures = new ArrayList<>(0);
        for (Value head : first.values()) {
            for (Value value = head; value != null; value = value.next) {
                if (value.mayHoldSignature()) {
                    HiddenMessage.addSignatures(value.text(), signatures);
                }
            }
        }
        return signatures;
    }

    /** The sender's kind, unknown when the message names several. */
    SenderKind kind() {
        if (kind == null) {
            kind = dialect.kind(only(Field.KIND).orElse(null));
        }
        return kind;
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
    Map<Field, String> exemption() {
        if (exemption == null) {
            exemption = findExemption();
        }
        return exemption;
    }

    private Map<Field, String> findExemption() {
        for (Map<Field, String> wanted : dialect.exempt()) {
            if (hasAll(wanted)) {
                return wanted;
            }
        }
        return Map.of();
    }

    /** What stands in it where it is as an {@link #exemption} wants it: the protocol's words, whatever they look like. */
    List<String> exemptingWords() {
        return exemption().keySet().stream()
                .flatMap(field -> only(field).stream())
                .toList();
    }

    private boolean hasAll(Map<Field, String> wanted) {
        for (Map.Entry<Field, String> value : wanted.entrySet()) {
            Optional<String> has = only(value.getKey());
            if (has.isEmpty() || !Dialect.isAsWanted(value.getValue(), has.get())) {
                return false;
            }
        }
        return true;
    }

    /** What stands at a place. */
    private static final class Value {
        private static final byte[] NOTHING = {};

        private final Field field;
        private final byte[] bytes;
        private final int from;
        private final int to;
        private final boolean isPlain;
        private @Nullable String text;
        /** Of the same field, as {@link #last} is. */
        private @Nullable Value next;

        /** Kept in the first one alone. */
        private Value last = this;

        /** Whether it is judged, and something may be found in it. */
        private boolean isSuspect;

        Value(Field field, String text) {
            this(field, NOTHING, 0, text.length(), false);
            this.text = text;
        }

        Value(Field field, byte[] bytes, int from, int to, boolean isPlain) {
            this.field = field;
            this.bytes = bytes;
            this.from = from;
            this.to = to;
            this.isPlain = isPlain;
        }

        String text() {
            if (text == null) {
                text = isPlain
                        ? new String(bytes, start(), end() - start(), US_ASCII)
                        : MessageReader.string(bytes, from, to);
            }
            return text;
        }

        private int start() {
            return bytes[from] == '"' ? from + 1 : from;
        }

        private int end() {
            return bytes[from] == '"' ? to - 1 : to;
        }

        boolean isNumber() {
            return from < to && bytes.length > 0 && bytes[from] != '"';
        }

        boolean mayMatch(RawScan scan) {
            return isPlain ? scan.mayMatchPlain(bytes, start(), end()) : scan.mayMatch(bytes, start(), end());
        }

        boolean isForeign(Set<String> vocabulary) {
            return !vocabulary.contains(text()) && !text().chars().allMatch(c -> c >= '0' && c <= '9');
        }

        boolean mayHoldSignature() {
            return to - from >= HiddenMessage.SIGNATURE_LENGTH && (isSuspect || field.isJudged());
        }
    }
}
