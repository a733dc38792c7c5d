package io.undertone.filters.keyword;

import java.util.List;

/** Immutable and compiled; safe for any number of threads. */
public final class KeywordSet {
    private final long generation;

    private KeywordSet(long generation) {
        this.generation = generation;
    }

    /**
     * Compiles a set.
     *
     * @throws IllegalArgumentException if a text is nothing once normalised, or a regular expression does not compile;
     *     the message names the keyword
     */
    public static KeywordSet compile(long generation, List<Keyword> keywords, List<HiddenParticipant> participants) {
        return new KeywordSet(generation);
    }

    /** The number of this set, one higher with each change; an exchange sees one from first byte to last. */
    public long generation() {
        return generation;
    }
}
