package io.undertone.webapp.config;

import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads keywords: those that the file lists, and those of a command line. */
public final class KeywordReader {
    private KeywordReader() {}

    static Optional<Keyword> listed(Section section) {
        String id = section.text("id", "keyword-" + (section.index() + 1));
        Visibility visibility = section.oneOf("visibility", Visibility.VIP, "INT", "VIP");
        Match match = section.oneOf("match", Match.CONTAINS, "contains", "prefix", "word", "exact", "regex");
        Optional<String> text = section.required(
                "text",
                "what is looked for",
                match == Match.REGEX ? said -> Values.pattern(keywordText(said)) : KeywordReader::keywordText);
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

    private static String keywordText(String text) {
        return Values.notBlank(
                text, "write a text, in quotes where it has a #, such as \"#undertone#\": else a # begins a comment");
    }

    private static Set<SenderKind> from(Section section) {
        Set<SenderKind> from = EnumSet.noneOf(SenderKind.class);
        section.values("from", KeywordReader::senders).forEach(from::addAll);
        return from.isEmpty() ? Keyword.ANYONE_BUT_THE_CUSTOMER : from;
    }

    private static Set<SenderKind> senders(String text) {
        String name = Values.spelled(text, "Client", "Agent", "Supervisor", "External", "System", "Unknown", "any");
        return name.equals("any") ? Keyword.ANYONE : Set.of(SenderKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /**
     * Reads a keyword as {@code --keyword} takes it, see {@link Keyword#parse}.
     *
     * @param id the keyword's id, as its text must not stand in metrics
     * @throws IllegalArgumentException if it is malformed; the message says how to write it
     */
    public static Keyword flag(String id, String flag) {
        Keyword keyword = Keyword.parse(id, flag);
        compilable(keyword.text()).ifPresent(wrong -> {
            throw new IllegalArgumentException('"' + flag + "\": " + wrong);
        });
        return keyword;
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
