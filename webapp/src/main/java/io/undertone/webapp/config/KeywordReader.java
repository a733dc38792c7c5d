package io.undertone.webapp.config;

import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keywords: those that the file lists, and those of a command line. */
public final class KeywordReader {
    /** What stands after the last {@code =} is a visibility if it is written as one: in capitals. */
    private static final Pattern FLAG = Pattern.compile("(.*)=([A-Z]{2,})", Pattern.DOTALL);

    private KeywordReader() {}

    static Optional<Keyword> listed(Section section) {
        String id = section.text("id", "keyword-" + (section.index() + 1));
        Optional<String> text = section.required("text", "what is looked for", Values::notBlank);
        Visibility visibility = section.oneOf("visibility", Visibility.VIP, "INT", "VIP");
        Match match = section.oneOf("match", Match.CONTAINS, "contains", "prefix", "word", "exact", "regex");
        Compare compare = section.oneOf("compare", Compare.LOOSE, "exact", "case", "canonical", "loose");
        Set<SenderKind> from = from(section);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Keyword keyword = new Keyword(id, text.get(), visibility, match, compare, from);
            KeywordSet.compile(0, List.of(keyword), List.of());
            return Optional.of(keyword);
        } catch (IllegalArgumentException wrong) {
            section.error("", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static Set<SenderKind> from(Section section) {
        List<String> names = section.texts("from");
        if (names.isEmpty()) {
            return Keyword.ANYONE_BUT_THE_CUSTOMER;
        }
        Set<SenderKind> from = EnumSet.noneOf(SenderKind.class);
        for (String name : names) {
            if (name.equalsIgnoreCase("any")) {
                return Keyword.ANYONE;
            }
            try {
                from.add(Values.constant(
                        name, SenderKind.class, "Client", "Agent", "Supervisor", "External", "System", "Unknown"));
            } catch (IllegalArgumentException wrong) {
                section.error("from", wrong.getMessage() + ", any");
            }
        }
        return from.isEmpty() ? Keyword.ANYONE_BUT_THE_CUSTOMER : from;
    }

    /**
     * Reads a keyword as {@code --keyword} takes it: {@code TEXT}, {@code TEXT=INT} or {@code TEXT=VIP}; VIP unless said.
     *
     * @param id the keyword's id, as its text must not stand in metrics
     * @throws IllegalArgumentException if it is malformed; the message says how to write it
     */
    public static Keyword flag(String id, String flag) {
        Matcher split = FLAG.matcher(flag);
        String text = split.matches() ? split.group(1) : flag;
        String visibility = split.matches() ? split.group(2) : "VIP";
        if (text.isBlank()) {
            throw new IllegalArgumentException('"' + flag + "\" has no text; write TEXT=INT or TEXT=VIP");
        }
        if (!visibility.equals("INT") && !visibility.equals("VIP")) {
            throw new IllegalArgumentException(
                    '"' + flag + "\" ends with the visibility " + visibility + "; write TEXT=INT or TEXT=VIP");
        }
        compilable(text).ifPresent(wrong -> {
            throw new IllegalArgumentException('"' + flag + "\": " + wrong);
        });
        return new Keyword(
                id,
                text,
                Visibility.valueOf(visibility),
                Match.CONTAINS,
                Compare.LOOSE,
                Keyword.ANYONE_BUT_THE_CUSTOMER);
    }

    /** What is wrong with a text that is to be found anywhere, compared loosely; empty when nothing is. */
    static Optional<String> compilable(String text) {
        try {
            KeywordSet.compile(0, List.of(Keyword.of(text, Visibility.VIP)), List.of());
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }
}
