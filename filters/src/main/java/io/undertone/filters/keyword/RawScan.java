package io.undertone.filters.keyword;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Could anything in these raw bytes be hidden? It may say "perhaps" wrongly, and "no" never, whatever way of comparing the
 * keywords use. The bytes are UTF-8 and may hold JSON escapes; what is not UTF-8 is "perhaps".
 *
 * <p>A {@link Sieve} passes over runs of plain bytes, most of them unread. Where it finds something, and at every character
 * of which something of a keyword can come ({@link CharacterClasses}), an automaton over the keywords' first characters
 * ({@link Prefixes}) goes on character by character until it knows that there is nothing. A complex character is "perhaps",
 * and so is an escape that could stand for a keyword's character.
 *
 * <p>Immutable to its users and safe for any number of threads.
 */
public final class RawScan {
    /** The state before the first byte. */
    public static final int START = Prefixes.START;
    /** The state that stands for "perhaps". */
    public static final int PERHAPS = Prefixes.PERHAPS;

    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";

    private final boolean always;
    private final CharacterClasses classes;
    private final Prefixes prefixes;
    private final Sieve sieve;
    private final Sieve keywordSieve;
    private final Wholes wholes;
    private final int shortest;
    private final byte[] ascii;
    private final boolean[] escapeMatters = new boolean[256];

    /**
     * @param keywords what may stand anywhere in a text
     * @param wholes what is a whole text or name if it is anything
     */
    private RawScan(Set<String> keywords, Set<String> wholes, boolean always) {
        this.always = always;
        Set<String> patterns = new HashSet<>(keywords);
        patterns.addAll(wholes);
        classes = new CharacterClasses(patterns);
        prefixes = new Prefixes(patterns, classes);
        sieve = Sieve.of(patterns);
        keywordSieve = Sieve.of(keywords);
        this.wholes = new Wholes(wholes);
        shortest = always ? 0 : Math.min(keywordSieve.shortest(), this.wholes.shortest());
        ascii = classes.page(0);
        for (int i = 0; i < ESCAPES.length(); i++) {
            escapeMatters[ESCAPES.charAt(i)] = ascii[MEANINGS.charAt(i)] != CharacterClasses.OTHER;
        }
        escapeMatters['u'] = true;
        // An escape of JSON that stands in a string may follow.
        escapeMatters['\\'] = true;
    }

    /**
     * Words of the chat systems by which a message has to be read whatever the keywords are: it says who may see it, or its
     * text is an address in a coding of its own. Each is a whole name or value. In small letters; found in any case.
     */
    public static final Set<String> CUES = Set.of("visibility", "pushurl", "notice.pushurl", "pushurl.text");

    /** A scan for keywords that are no regular expressions, for participants' nicknames, and for {@link #CUES}. */
    static RawScan of(List<Keyword> keywords, List<HiddenParticipant> participants) {
        Set<String> anywhere = patterns(keywords.stream().map(Keyword::text));
        Set<String> wholes =
                patterns(Stream.concat(participants.stream().map(HiddenParticipant::nickname), CUES.stream()));
        return Stream.concat(anywhere.stream(), wholes.stream()).anyMatch(RawScan::isUnreadable)
                ? alwaysPerhaps()
                : new RawScan(anywhere, wholes, false);
    }

    private static Set<String> patterns(Stream<String> texts) {
        return texts.flatMap(text -> Stream.of(
                        CompareForm.loose(text),
                        letterByLetter(text),
                        letterByLetter(Normalizer.normalize(text, Normalizer.Form.NFC))))
                .collect(Collectors.toSet());
    }

    /** Whether a pattern stands everywhere, or has half a surrogate pair, which no UTF-8 has. */
    private static boolean isUnreadable(String pattern) {
        return pattern.isEmpty() || pattern.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** A scan that cannot tell, for keywords that are regular expressions. */
    static RawScan alwaysPerhaps() {
        return new RawScan(Set.of(), Set.of(), true);
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

    /** The length in bytes from which on {@link #mayMatchPlain} may say "perhaps". */
    public int shortest() {
        return shortest;
    }

    /**
     * The same of a text or name that is whole, and in which every byte is ASCII and stands for itself: no escape, no NUL.
     *
     * @return false only if no keyword and no hidden nickname can come of it
     */
    public boolean mayMatchPlain(byte[] bytes, int from, int to) {
        if (always || wholes.has(bytes, from, to)) {
            return true;
        }
        int at = from;
        while (true) {
            int look = keywordSieve.pass(bytes, at, to);
            if (look + keywordSieve.lookLength() > to) {
                return false;
            }
            at = Math.max(at, look - keywordSieve.reach() + 1);
            int state = START;
            while (at <= look || state != START) {
                if (at == to) {
                    return false;
                }
                state = prefixes.after(state, ascii[bytes[at++]] & 0xFF);
                if (state == PERHAPS) {
                    return true;
                }
            }
        }
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
        int state = always ? PERHAPS : before;
        int at = from;
        int suspected = from;
        while (state != PERHAPS && at < to) {
            if (state != START || at < suspected) {
                int lead = bytes[at];
                if (lead >= 0 && lead != '\\') {
                    state = prefixes.after(state, ascii[lead] & 0xFF);
                    at++;
                } else {
                    state = afterSpecial(state, bytes, at, to);
                    at += lead == '\\' ? 2 : Utf8.length(lead);
                }
                continue;
            }
            int special = Sieve.plainEnd(bytes, at, to);
            int look = sieve.pass(bytes, at, special);
            boolean isFound = look + sieve.lookLength() <= special;
            int behind = isFound ? special : othersEnd(bytes, special, to);
            if (!isFound && (behind > special || (isWhole && special == to))) {
                // No keyword goes over these, and none stands whole before them.
                at = behind;
            } else {
                at = Math.max(at, look - sieve.reach() + 1);
                suspected = isFound ? look + 1 : special + 1;
            }
        }
        return state;
    }

    /** The state after the escape or the character beyond ASCII at an index. */
    private int afterSpecial(int state, byte[] bytes, int at, int to) {
        int lead = bytes[at];
        if (lead == '\\') {
            return at + 1 == to || escapeMatters[bytes[at + 1] & 0xFF]
                    ? PERHAPS
                    : prefixes.after(state, CharacterClasses.OTHER);
        }
        int codePoint = codePoint(bytes, at, Utf8.length(lead), to);
        int characterClass = classes.of(codePoint);
        if (characterClass == CharacterClasses.IGNORED) {
            return state;
        }
        if (characterClass != CharacterClasses.EXPANDING) {
            return prefixes.after(state, characterClass);
        }
        int after = state;
        for (int each : classes.expansion(codePoint)) {
            after = prefixes.after(after, each);
            if (after == PERHAPS) {
                return PERHAPS;
            }
        }
        return after;
    }

    /** The end of the characters and escapes of which nothing of a keyword can come. */
    private int othersEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at];
            if (lead < 0) {
                int length = Utf8.length(lead);
                int characterClass = classes.of(codePoint(bytes, at, length, to));
                // What nobody sees may stand within a keyword, but begins none.
                if (characterClass != CharacterClasses.OTHER
                        && (characterClass != CharacterClasses.IGNORED || at == from)) {
                    return at;
                }
                at += length;
            } else if (lead != '\\') {
                if (ascii[lead] != CharacterClasses.OTHER) {
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
}
