package io.undertone.webapp.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
public final class Spelling {
    private static final int MOST_SLIPS = 2;

    private Spelling() {}

    /** The candidate at most two slips away from what was written, ignoring case. */
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        String word = written.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> slips(word, candidate.toLowerCase(Locale.ROOT)) <= MOST_SLIPS)
                .min(Comparator.comparingInt(candidate -> slips(word, candidate.toLowerCase(Locale.ROOT))));
    }

    /** The Levenshtein distance. */
    private static int slips(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int substituted = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(substituted, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
