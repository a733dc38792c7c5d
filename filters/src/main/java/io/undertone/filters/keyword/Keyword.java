package io.undertone.filters.keyword;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** What stands after the last {@code =} is a visibility if it is one, or is written like one: in capitals. */
    private static final Pattern LINE = Pattern.compile("(.*)=([A-Z]{2,}|(?i:INT|VIP|ALL))", Pattern.DOTALL);

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

    /**
     * Reads a keyword as it is written on one line: {@code TEXT}, {@code TEXT=INT} or {@code TEXT=VIP}; VIP unless said.
     *
     * @param id the keyword's id
     * @throws IllegalArgumentException if it is malformed; the message says how to write it
     */
    public static Keyword parse(String id, String line) {
        Matcher split = LINE.matcher(line);
        String text = split.matches() ? split.group(1) : line;
        String visibility = split.matches() ? split.group(2).toUpperCase(Locale.ROOT) : Visibility.VIP.name();
        if (text.isBlank()) {
            throw new IllegalArgumentException('"' + line + "\" has no text; write TEXT=INT or TEXT=VIP");
        }
        if (!visibility.equals("INT") && !visibility.equals("VIP")) {
            throw new IllegalArgumentException(
                    '"' + line + "\" ends with the visibility " + visibility + "; write TEXT=INT or TEXT=VIP");
        }
        return new Keyword(
                id, text, Visibility.valueOf(visibility), Match.CONTAINS, Compare.LOOSE, ANYONE_BUT_THE_CUSTOMER);
    }
}
