package io.undertone.filters.keyword;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Could anything in these raw bytes be hidden? It may say "perhaps" wrongly, and "no" never, whatever way of comparing the
 * keywords use. The bytes are UTF-8 and may hold JSON escapes; what is not UTF-8 is "perhaps".
 *
 * <p>It works on classes of code points. A code point of the text is <em>other</em> if nothing of a keyword can come of
 * it, <em>ignored</em> if nobody sees it, <em>single</em> if it becomes just one character of a keyword (a capital, a
 * full-width form), <em>expanding</em> if it becomes several (a sharp s, a ligature), and <em>complex</em> if normalising may do more with it, such as composing an accent with the letter
 * before. A complex code point is "perhaps", and so is an escape that could stand for a keyword's character; the rest runs
 * through a dense automaton over the keywords' first characters. Text in any script costs one look-up a character.
 *
 * <p>Immutable to its users and safe for any number of threads: the classes of 256 code points are worked out when the
 * first of them is met, and whoever works them out gets the same.
 */
public final class RawScan {
    /** The state before the first byte. */
    public static final int START = 0;
    /** The state that stands for "perhaps". */
    public static final int PERHAPS = -1;

    /** How much of a keyword the automaton knows: more would make fewer wrong answers, and a larger table. */
    private static final int DEEPEST = 8;

    /** The automaton's largest table, in entries: what a processor's cache holds. */
    private static final int LARGEST_TABLE = 1 << 21;

    private static final int CLASSES = 256;
    private static final int OTHER = 0;
    private static final int IGNORED = 1;
    private static final int COMPLEX = 2;
    private static final int EXPANDING = 3;
    private static final int FIRST_SINGLE = 4;
    private static final int[] NONE = {};

    private final boolean always;
    private final int[] singles;
    private final Set<Integer> composing;
    private final int width;
    private final int[] transitions;
    private final Sieve sieve;
    private final boolean[] escapeMatters = new boolean[256];
    private final byte[] ascii;

    private final AtomicReferenceArray<Page> pages = new AtomicReferenceArray<>((Character.MAX_CODE_POINT >> 8) + 1);

    private RawScan(Set<String> patterns, boolean always) {
        this.always = always;
        singles = patterns.stream()
                .flatMapToInt(String::codePoints)
                .sorted()
                .distinct()
                .toArray();
        composing = composing(singles);
        // More characters than classes, as in a list of Chinese keywords: some share one, which errs towards "perhaps".
        width = Math.min(CLASSES, FIRST_SINGLE + singles.length);
        transitions = always ? new int[0] : transitions(patterns);
        sieve = Sieve.forBytes(always ? Set.of() : patterns);
        ascii = page(0).classes;
        String escapes = "\"\\/bfnrt";
        String meanings = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < escapes.length(); i++) {
            escapeMatters[escapes.charAt(i)] = ascii[meanings.charAt(i)] != OTHER;
        }
        escapeMatters['u'] = true;
    }

    /**
     * Words of the chat systems by which a message has to be read whatever the keywords are: it says who may see it, or its
     * text is an address in a coding of its own. In small letters; found in any case.
     */
    public static final Set<String> CUES = Set.of("visibility", "pushurl");

    /** A scan for keywords that are no regular expressions, for participants' nicknames, and for {@link #CUES}. */
    static RawScan of(List<Keyword> keywords, List<HiddenParticipant> participants) {
        Set<String> patterns = Stream.of(
                        keywords.stream().map(Keyword::text),
                        participants.stream().map(HiddenParticipant::nickname),
                        CUES.stream())
                .flatMap(stream -> stream)
                .flatMap(text -> Stream.of(
                        CompareForm.loose(text),
                        letterByLetter(text),
                        letterByLetter(Normalizer.normalize(text, Normalizer.Form.NFC))))
                .collect(Collectors.toSet());
        return new RawScan(patterns, patterns.contains(""));
    }

    /** A scan that cannot tell, for keywords that are regular expressions. */
    static RawScan alwaysPerhaps() {
        return new RawScan(Set.of(), true);
    }

    /** What the automaton sees of a text: each code point normalised on its own, without a look at its neighbours. */
    private static String letterByLetter(String text) {
        return text.codePoints()
                .mapToObj(codePoint -> CompareForm.loose(Character.toString(codePoint)))
                .collect(Collectors.joining());
    }

    /**
     * Whether anything in a range that is whole (a message, a document) could be hidden.
     *
     * @return false only if no keyword and no hidden nickname can come of it
     */
    public boolean mayMatch(byte[] bytes, int from, int to) {
        return scan(START, bytes, from, to, true) == PERHAPS;
    }

    /**
     * Goes on through more bytes. They end between two characters and not within an escape.
     *
     * @param state what the call before returned, or {@link #START}
     * @return the state after these bytes; {@link #START} if nothing of them can belong to a keyword; {@link #PERHAPS} is
     *     final
     */
    public int advance(int state, byte[] bytes, int from, int to) {
        return scan(state, bytes, from, to, false);
    }

    private int scan(int before, byte[] bytes, int from, int to, boolean isWhole) {
        int state = before;
        if (always || state == PERHAPS) {
            return PERHAPS;
        }
        int at = from;
        int sieved = from;
        while (at < to) {
            if (state == START && at >= sieved) {
                int look = sieve.pass(bytes, at, to);
                int lookEnd = Math.min(to, look + sieve.gramLength());
                int special = plainEnd(bytes, look, lookEnd);
                if (isWhole && special >= to && look + sieve.gramLength() > to) {
                    return START;
                }
                int behind = special < lookEnd ? othersEnd(bytes, special, to) : special;
                if (behind > special) {
                    // No keyword goes over these, and none stands whole before them.
                    at = behind;
                } else {
                    at = Math.max(at, look - sieve.stride() + 1);
                    sieved = special + 1;
                }
                continue;
            }
            int lead = bytes[at];
            if (lead == '\\') {
                if (at + 1 == to || escapeMatters[bytes[at + 1] & 0xFF]) {
                    return PERHAPS;
                }
                at += 2;
                state = transitions[state + OTHER];
            } else if (lead >= 0) {
                at++;
                state = transitions[state + (ascii[lead] & 0xFF)];
            } else {
                int length = Utf8.length(lead);
                state = beyondAscii(state, codePoint(bytes, at, length, to));
                at += length;
            }
            if (state == PERHAPS) {
                return PERHAPS;
            }
        }
        return state;
    }

    private int beyondAscii(int state, int codePoint) {
        Page page = pageOf(codePoint >> 8);
        int characterClass = page.classes[codePoint & 0xFF] & 0xFF;
        if (characterClass == IGNORED) {
            return state;
        }
        if (characterClass != EXPANDING) {
            return transitions[state + characterClass];
        }
        int after = state;
        for (int each : page.expansions[codePoint & 0xFF]) {
            after = transitions[after + each];
            if (after == PERHAPS) {
                return PERHAPS;
            }
        }
        return after;
    }

    private static int plainEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Sieve.isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The end of the characters and escapes of which nothing of a keyword can come. */
    private int othersEnd(byte[] bytes, int from, int to) {
        int at = from;
        int number = 0;
        byte[] page = ascii;
        while (at < to) {
            int lead = bytes[at];
            if (lead < 0) {
                int length = Utf8.length(lead);
                int codePoint = codePoint(bytes, at, length, to);
                if (codePoint >> 8 != number) {
                    number = codePoint >> 8;
                    page = pageOf(number).classes;
                }
                int characterClass = page[codePoint & 0xFF];
                // What nobody sees may stand within a keyword, but begins none.
                if (characterClass != OTHER && (characterClass != IGNORED || at == from)) {
                    return at;
                }
                at += length;
            } else if (lead != '\\') {
                if (ascii[lead] != OTHER) {
                    return at;
                }
                at++;
            } else if (at + 1 < to && !escapeMatters[bytes[at + 1] & 0xFF]) {
                at += 2;
            } else {
                return at;
            }
        }
        return at;
    }

    /** What is no character counts as NUL, which is complex. */
    private static int codePoint(byte[] bytes, int at, int length, int to) {
        int codePoint = at + length <= to ? Utf8.decode(bytes, at, length) : Utf8.INVALID;
        return codePoint == Utf8.INVALID ? 0 : codePoint;
    }

    private Page pageOf(int number) {
        Page page = pages.get(number);
        if (page == null) {
            page = page(number);
            pages.set(number, page);
        }
        return page;
    }

    private Page page(int number) {
        Page page = new Page();
        for (int i = 0; i < 256; i++) {
            int codePoint = (number << 8) | i;
            int characterClass = classify(codePoint);
            page.classes[i] = (byte) characterClass;
            page.expansions[i] = characterClass == EXPANDING ? formClasses(codePoint) : NONE;
        }
        return page;
    }

    private int classify(int codePoint) {
        if (codePoint == 0) {
            // No text has it; UTF-16 that passes for UTF-8 is full of it.
            return COMPLEX;
        }
        String loose = CompareForm.loose(Character.toString(codePoint));
        if (loose.isEmpty()) {
            return IGNORED;
        }
        boolean matters = loose.codePoints().anyMatch(c -> Arrays.binarySearch(singles, c) >= 0)
                || Normalizer.normalize(loose, Normalizer.Form.NFD).codePoints().anyMatch(composing::contains);
        if (!matters) {
            return OTHER;
        }
        if (isMark(codePoint) || !loose.codePoints().allMatch(this::standsAlone)) {
            return COMPLEX;
        }
        int[] classes = formClasses(codePoint);
        return classes.length == 1 ? classes[0] : EXPANDING;
    }

    /** The classes of what a code point becomes. */
    private int[] formClasses(int codePoint) {
        return CompareForm.loose(Character.toString(codePoint))
                .codePoints()
                .map(this::classOfForm)
                .toArray();
    }

    /** Whether a character of a loose form stays what it is next to any other. */
    private boolean standsAlone(int c) {
        boolean isSingle = Arrays.binarySearch(singles, c) >= 0;
        return !isMark(c)
                && !composing.contains(c)
                && (isSingle
                        || Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                                .codePoints()
                                .noneMatch(composing::contains));
    }

    private int classOfForm(int c) {
        int index = Arrays.binarySearch(singles, c);
        return index >= 0 ? singleClass(index) : OTHER;
    }

    private static int singleClass(int index) {
        return FIRST_SINGLE + index % (CLASSES - FIRST_SINGLE);
    }

    /** What can, behind another character, make one of these of it, or trade places with a neighbour. */
    private static Set<Integer> composing(int[] singles) {
        Set<Integer> composing = new HashSet<>();
        for (int single : singles) {
            Normalizer.normalize(Character.toString(single), Normalizer.Form.NFD)
                    .codePoints()
                    .skip(1)
                    .forEach(composing::add);
            if (isMark(single)) {
                composing.add(single);
            }
        }
        return composing;
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /**
     * The automaton of Aho and Corasick as a dense table, cut off where "perhaps" is certain. A state goes by the index of
     * its row. Grown level by level, so that a long list of keywords is known less deep, and not in part.
     */
    private int[] transitions(Set<String> patterns) {
        int[] table = new int[width];
        int end = width;
        List<int[]> growing = patterns.stream().map(this::beginning).toList();
        int[] states = new int[patterns.size()];
        for (int level = 0; level < DEEPEST; level++) {
            boolean isLast = level == DEEPEST - 1 || end + states.length * (long) width > LARGEST_TABLE;
            table = Arrays.copyOf(table, isLast ? end : end + states.length * width);
            for (int i = 0; i < states.length; i++) {
                int[] classes = growing.get(i);
                if (level < classes.length && states[i] != PERHAPS) {
                    int slot = states[i] + classes[level];
                    if (isLast || level == classes.length - 1) {
                        table[slot] = PERHAPS;
                    } else if (table[slot] == START) {
                        table[slot] = end;
                        end += width;
                    }
                    states[i] = table[slot];
                }
            }
            if (isLast) {
                break;
            }
        }
        linkFailures(table, end);
        for (int state = START; state < end; state += width) {
            table[state + COMPLEX] = PERHAPS;
        }
        return Arrays.copyOf(table, end);
    }

    private int[] beginning(String pattern) {
        return pattern.codePoints()
                .limit(DEEPEST)
                .map(c -> singleClass(Arrays.binarySearch(singles, c)))
                .toArray();
    }

    private void linkFailures(int[] table, int end) {
        int[] failure = new int[end / width];
        int[] breadthFirst = new int[end / width];
        int head = 0;
        int tail = 1;
        while (head < tail) {
            int state = breadthFirst[head++];
            for (int c = 0; c < width; c++) {
                int slot = state + c;
                int child = table[slot];
                int byFailure = state == START ? START : table[failure[state / width] + c];
                if (child == START) {
                    table[slot] = byFailure;
                } else if (byFailure == PERHAPS) {
                    table[slot] = PERHAPS;
                } else if (child != PERHAPS) {
                    failure[child / width] = byFailure;
                    breadthFirst[tail++] = child;
                }
            }
        }
    }

    /** What 256 code points count as. */
    private static final class Page {
        private final byte[] classes = new byte[256];
        /** The classes that an expanding code point becomes; none for all others. */
        private final int[][] expansions = new int[256][];
    }
}
