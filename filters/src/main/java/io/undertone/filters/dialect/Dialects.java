package io.undertone.filters.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The built-in catalogue, read from {@code dialects.json} beside this class. */
public final class Dialects {
    /** The Genesys Mobile Services Chat API, version 2, over REST. */
    public static final String GENESYS_V2 = "genesys-v2";

    private static final Map<String, Dialect> BUILT_IN = read();

    private Dialects() {}

    private static Map<String, Dialect> read() {
        try (InputStream catalogue = Objects.requireNonNull(Dialects.class.getResourceAsStream("dialects.json"))) {
            List<Dialect.Source> sources = JsonMapper.shared().readValue(catalogue, new TypeReference<>() {});
            Map<String, Dialect> byName = new LinkedHashMap<>();
            sources.forEach(source -> byName.put(source.name(), new Dialect(source)));
            // The one dialect so far is the one that "auto" finds.
            byName.put("auto", byName.get(GENESYS_V2));
            return byName;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The dialect of that name, empty when there is none. */
    public static Optional<Dialect> named(String name) {
        return Optional.ofNullable(BUILT_IN.get(name));
    }

    /** Every built-in name, for error messages. */
    public static Set<String> names() {
        return BUILT_IN.keySet();
    }
}
