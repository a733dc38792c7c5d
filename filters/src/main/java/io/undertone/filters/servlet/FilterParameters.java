package io.undertone.filters.servlet;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.payload.OnUnreadable;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The init parameters of a {@link VeilFilter} in a {@code web.xml}:
 *
 * <ul>
 *   <li>{@code keywords}: one a line, as {@code TEXT}, {@code TEXT=INT} or {@code TEXT=VIP}; needed
 *   <li>{@code hiddenParticipants}: the nicknames of External participants that are hidden whole, one a line
 *   <li>{@code dialect}: {@code auto} unless said
 *   <li>{@code audience}: {@code customer} unless said, {@code agent}, {@code supervisor}
 *   <li>{@code onUnreadable}: {@code withhold} unless said, {@code pass}
 * </ul>
 */
final class FilterParameters {
    private static final List<String> NAMES =
            List.of("keywords", "hiddenParticipants", "dialect", "audience", "onUnreadable");

    private final FilterConfig config;

    FilterParameters(FilterConfig config) {
        this.config = config;
    }

    /** @throws ServletException if a parameter is none of these: whoever wrote it meant something */
    void requireKnown() throws ServletException {
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!NAMES.contains(name)) {
                throw wrong(name, "there is none of that name; there are " + String.join(", ", NAMES));
            }
        }
    }

    VeilRoute route() throws ServletException {
        String dialect = text("dialect", Dialects.AUTO);
        Dialect known = Dialects.named(dialect)
                .orElseThrow(() -> wrong("dialect", "'" + dialect + "' is none of " + Dialects.names()));
        return new VeilRoute(
                known,
                constant("audience", Audience.class, Audience.CUSTOMER),
                constant("onUnreadable", OnUnreadable.class, OnUnreadable.WITHHOLD));
    }

    KeywordSet keywords() throws ServletException {
        List<String> lines = lines("keywords");
        if (lines.isEmpty()) {
            throw wrong("keywords", "there is none; write one a line, such as #undertone#=VIP");
        }
        List<HiddenParticipant> participants = lines("hiddenParticipants").stream()
                .map(nickname -> new HiddenParticipant(nickname, SenderKind.EXTERNAL))
                .toList();
        // Alone first, so that the parameter is named in which the fault is.
        compiled("hiddenParticipants", List.of(), participants);
        return compiled("keywords", lines, participants);
    }

    private KeywordSet compiled(String name, List<String> lines, List<HiddenParticipant> participants)
            throws ServletException {
        try {
            List<Keyword> keywords = new ArrayList<>();
            for (String line : lines) {
                keywords.add(Keyword.parse("keyword-" + (keywords.size() + 1), line));
            }
            return KeywordSet.compile(1, keywords, participants);
        } catch (IllegalArgumentException malformed) {
            throw wrong(name, String.valueOf(malformed.getMessage()));
        }
    }

    private String text(String name, String otherwise) {
        String value = config.getInitParameter(name);
        return value == null ? otherwise : value.strip();
    }

    private List<String> lines(String name) {
        return text(name, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) throws ServletException {
        String value = text(name, otherwise.name());
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw wrong(
                name,
                "'" + value + "' is none of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    private ServletException wrong(String name, String what) {
        return new ServletException("filter " + config.getFilterName() + ", parameter " + name + ": " + what);
    }
}
