package io.undertone.webapp.config;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The dialects that a route may name: the built-in ones and the operator's own. Immutable.
 *
 * @param own those of the file, in its order
 */
public record DialectCatalogue(List<Dialect> own) {
    /** The catalogue of a file that has no dialects. */
    public static final DialectCatalogue BUILT_IN = new DialectCatalogue(List.of());

    public DialectCatalogue {
        own = List.copyOf(own);
    }

    /** The dialect of that name, empty when there is none. */
    public Optional<Dialect> named(String name) {
        return Dialects.named(name).or(() -> own.stream()
                .filter(dialect -> dialect.name().equals(name))
                .findFirst());
    }

    /**
     * As {@link #named}.
     *
     * @throws IllegalArgumentException when there is none; the message names those that there are
     */
    public Dialect require(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        '"' + name + "\" is no dialect; there are " + String.join(", ", names())));
    }

    private SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(Dialects.names());
        own.forEach(dialect -> names.add(dialect.name()));
        return names;
    }

    /** The same, with one more. */
    DialectCatalogue with(Dialect another) {
        List<Dialect> more = new ArrayList<>(own);
        more.add(another);
        return new DialectCatalogue(more);
    }
}
