package io.undertone.filters.dialect;

import java.util.Optional;
import java.util.Set;

/** The built-in catalogue. */
public final class Dialects {
    private Dialects() {}

    /** The dialect of that name, empty when there is none. */
    public static Optional<Dialect> named(String name) {
        return names().contains(name) ? Optional.of(new Dialect(name)) : Optional.empty();
    }

    /** Every built-in name, for error messages. */
    public static Set<String> names() {
        return Set.of("auto", "genesys-v2");
    }
}
