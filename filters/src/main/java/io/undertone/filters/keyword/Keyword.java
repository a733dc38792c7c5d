package io.undertone.filters.keyword;

import java.util.EnumSet;
import java.util.Set;

/**
 * An administrator's text; a message that carries it is not for the customer.
 *
 * @param id names the keyword in events, metrics and audit, where its text must not stand
 * @param text what is looked for: a plain text, or an RE2 pattern for {@link Match#REGEX}
 * @param visibility the tag that a message has instead, {@link Visibility#INT} or {@link Visibility#VIP}
 * @param match where in a field the text has to stand
 * @param compare how loosely characters are compared
 * @param from whose messages the keyword hides
 */
public record Keyword(
        String id, String text, Visibility visibility, Match match, Compare compare, Set<SenderKind> from) {

    /** Everyone but the customer: the default of {@link #from}. */
    public static final Set<SenderKind> ANYONE_BUT_THE_CUSTOMER =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(SenderKind.CLIENT)));

    /** Everyone, the customer included. */
    public static final Set<SenderKind> ANYONE = Set.copyOf(EnumSet.allOf(SenderKind.class));

    /**
     * @throws IllegalArgumentException if the text is blank, the visibility is {@link Visibility#ALL}, or nobody is left
     *     in {@code from}; the message says what to do
     */
    public Keyword {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a keyword needs a text");
        }
        if (visibility == Visibility.ALL) {
            throw new IllegalArgumentException("visibility is INT or VIP: ALL would hide nothing");
        }
        if (from.isEmpty()) {
            throw new IllegalArgumentException("'from' names nobody: leave it out for anyone but the customer");
        }
        from = Set.copyOf(from);
    }

    /** A keyword that is found anywhere, compared loosely, from anyone but the customer; its text is its id. */
    public static Keyword of(String text, Visibility visibility) {
        return new Keyword(text, text, visibility, Match.CONTAINS, Compare.LOOSE, ANYONE_BUT_THE_CUSTOMER);
    }
}
