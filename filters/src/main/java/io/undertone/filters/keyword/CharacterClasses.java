package io.undertone.filters.keyword;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each code point of a text is to a set of patterns: <em>other</em> if nothing of a pattern can come of it,
 * <em>ignored</em> if nobody sees it, <em>single</em> if it becomes just one character of a pattern (a capital, a full-width
 * form), <em>expanding</em> if it becomes several (a sharp s, a ligature), and <em>complex</em> if normalising may do more
 * with it, such as composing an accent with the letter before.
 *
 * <p>Immutable to its users and safe for any number of threads: the classes of 256 code points are worked out when the
 * first of them is met, and whoever works them out gets the same.
 */
final class CharacterClasses {
    static final int OTHER = 0;
    static final int IGNORED = 1;
    static final int COMPLEX = 2;
    static final int EXPANDING = 3;

    private static final int FIRST_SINGLE = 4;
    private static final int CLASSES = 256;
    private static final int[] NONE = {};

    private final int[] singles;
    private final Set<Integer> composing;
    /** Written without a lock: a page is the same whoever works it out, and has final fields alone. */
    private final @Nullable Page[] pages = new Page[(Character.MAX_CODE_POINT >> 8) + 1];

    CharacterClasses(Set<String> patterns) {
        singles = patterns.stream()
                .flatMapToInt(String::codePoints)
                .sorted()
                .distinct()
                .toArray();
        composing = composing(singles);
    }

    /** How many classes there are. */
    int count() {
        // More characters than classes, as in a list of Chinese keywords: some share one, which errs towards "perhaps".
        return Math.min(CLASSES, FIRST_SINGLE + singles.length);
    }

    /** The class of a code point. */
    int of(int codePoint) {
        return page(codePoint >> 8)[codePoint & 0xFF] & 0xFF;
    }

    /** The classes of 256 code points, as unsigned bytes; the first of them is the page's number times 256. */
    byte[] page(int number) {
        return pageOf(number).classes;
    }

    /** The classes that an expanding code point becomes. */
    int[] expansion(int codePoint) {
        return pageOf(codePoint >> 8).expansions[codePoint & 0xFF];
    }

    /** The class of a pattern's character. */
    int ofPattern(int c) {
        return singleClass(Arrays.binarySearch(singles, c));
    }

    private Page pageOf(int number) {
        Page page = pages[number];
        if (page == null) {
            page = workedOut(number);
            pages[number] = page;
        }
        return page;
    }

    private Page workedOut(int number) {
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

    /** What 256 code points count as. */
    private static final class Page {
        private final byte[] classes = new byte[256];
        /** The classes that an expanding code point becomes; none for all others. */
        private final int[][] expansions = new int[256][];
    }
}
