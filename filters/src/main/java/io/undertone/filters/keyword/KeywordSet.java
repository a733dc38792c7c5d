package io.undertone.filters.keyword;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keywords and hidden participants, compiled. Immutable and safe for any number of threads; a change makes a new set
 * with a higher generation number.
 */
public final class KeywordSet {
    private final long generation;
    private final List<Keyword> keywords;
    private final List<HiddenParticipant> participants;
    private final List<Group> groups = new ArrayList<>();
    private final List<Expression> expressions;
    private final RawScan rawScan;

    private KeywordSet(long generation, List<Keyword> keywords, List<HiddenParticipant> participants) {
        this.generation = generation;
        this.keywords = List.copyOf(keywords);
        this.participants = participants.stream().map(KeywordSet::comparable).toList();
        this.expressions = new ArrayList<>();
        Map<Compare, Map<Integer, String>> texts = new EnumMap<>(Compare.class);
        for (int number = 0; number < keywords.size(); number++) {
            Keyword keyword = keywords.get(number);
            if (keyword.match() == Match.REGEX) {
                expressions.add(new Expression(number, keyword.compare(), pattern(keyword)));
            } else {
                texts.computeIfAbsent(keyword.compare(), compare -> new LinkedHashMap<>())
                        .put(number, comparable(keyword));
            }
        }
        texts.forEach((compare, byNumber) -> groups.add(new Group(compare, byNumber)));
        this.rawScan = expressions.isEmpty() ? RawScan.of(keywords, this.participants) : RawScan.alwaysPerhaps();
    }

    /**
     * Compiles a set.
     *
     * @param generation the number that this set goes by
     * @throws IllegalArgumentException if a text is nothing once normalised, or a regular expression is none; the message
     *     names the keyword
     */
    public static KeywordSet compile(long generation, List<Keyword> keywords, List<HiddenParticipant> participants) {
        return new KeywordSet(generation, keywords, participants);
    }

    private static Pattern pattern(Keyword keyword) {
        boolean foldsCase = keyword.compare() == Compare.CASE || keyword.compare() == Compare.LOOSE;
        try {
            return Pattern.compile(keyword.text(), foldsCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "keyword '" + keyword.id() + "' is no regular expression in RE2 syntax: " + e.getMessage(), e);
        }
    }

    private static String comparable(Keyword keyword) {
        return visible("keyword", keyword.id(), CompareForm.of(keyword.compare(), keyword.text()));
    }

    private static HiddenParticipant comparable(HiddenParticipant participant) {
        String nickname = CompareForm.loose(participant.nickname());
        return new HiddenParticipant(visible("nickname", participant.nickname(), nickname), participant.kind());
    }

    private static String visible(String what, String name, String form) {
        if (form.isBlank()) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' consists of characters that nobody sees: write visible ones");
        }
        return form;
    }

    /** The number of this set; an exchange sees one set from its first byte to its last. */
    public long generation() {
        return generation;
    }

    /** Asks of raw bytes whether anything in them could be hidden. */
    public RawScan rawScan() {
        return rawScan;
    }

    /**
     * Whether a text is worth the search for keywords: most are not. A backslash counts as an escape.
     *
     * @return false only if the text carries none, and is no hidden participant's nickname
     */
    public boolean mayCarry(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return rawScan.mayMatch(bytes, 0, bytes.length);
    }

    /**
     * The keyword that hides a message. Of several, a VIP one wins over an INT one, and then the one that stands first.
     *
     * @param from the sender's kind
     * @param fields what the message says, field by field, decoded
     */
    public Optional<Keyword> find(SenderKind from, Collection<String> fields) {
        BitSet carried = carried(fields);
        Keyword strictest = null;
        for (int number = carried.nextSetBit(0); number >= 0; number = carried.nextSetBit(number + 1)) {
            Keyword keyword = keywords.get(number);
            if (keyword.from().contains(from)
                    && (strictest == null || keyword.visibility().compareTo(strictest.visibility()) > 0)) {
                strictest = keyword;
            }
        }
        return Optional.ofNullable(strictest);
    }

    /** Every keyword that one of the fields carries, whoever sent it, in the order of the set. */
    public List<Keyword> findAll(Collection<String> fields) {
        return carried(fields).stream().mapToObj(keywords::get).toList();
    }

    private BitSet carried(Collection<String> fields) {
        BitSet numbers = new BitSet(0);
        for (String field : fields) {
            addCarried(field, numbers);
        }
        return numbers;
    }

    /** The numbers of the keywords that a field carries. */
    void addCarried(String field, BitSet numbers) {
        groups.forEach(group -> group.search(field, numbers));
        for (Expression expression : expressions) {
            if (expression
                    .pattern()
                    .matcher(CompareForm.forPattern(expression.compare(), field))
                    .find()) {
                numbers.set(expression.number());
            }
        }
    }

    /** Whether a participant of that nickname and kind is hidden whole. */
    public boolean hidesParticipant(String nickname, SenderKind kind) {
        String loose = CompareForm.loose(nickname);
        for (HiddenParticipant hidden : participants) {
            if (hidden.nickname().equals(loose) && (kind == hidden.kind() || kind == SenderKind.UNKNOWN)) {
                return true;
            }
        }
        return false;
    }

    private record Expression(int number, Compare compare, Pattern pattern) {}

    /** The keywords that are compared in one way. */
    private final class Group {
        private final Compare compare;
        private final int[] numbers;
        private final Automaton automaton;

        Group(Compare compare, Map<Integer, String> textsByNumber) {
            this.compare = compare;
            numbers =
                    textsByNumber.keySet().stream().mapToInt(Integer::intValue).toArray();
            automaton = new Automaton(List.copyOf(textsByNumber.values()));
        }

        void search(String field, BitSet found) {
            String text = CompareForm.of(compare, field);
            automaton.search(text, (pattern, start, end) -> {
                if (stands(keywords.get(numbers[pattern]).match(), text, start, end)) {
                    found.set(numbers[pattern]);
                }
            });
        }

        private static boolean stands(Match match, String text, int start, int end) {
            return switch (match) {
                case PREFIX -> start == 0;
                case EXACT -> start == 0 && end == text.length();
                case WORD ->
                    (start == 0 || !isOfWord(text.codePointBefore(start)))
                            && (end == text.length() || !isOfWord(text.codePointAt(end)));
                case CONTAINS, REGEX -> true;
            };
        }

        private static boolean isOfWord(int codePoint) {
            return Character.isLetterOrDigit(codePoint)
                    || switch (Character.getType(codePoint)) {
                        case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                            true;
                        default -> false;
                    };
        }
    }
}
