package io.undertone.filters.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The built-in catalogue, read from {@code dialects.json} beside this class. */
public final class Dialects {
    /** Tells the others apart by path and shape. */
    public static final String AUTO = "auto";
    /** The Genesys Mobile Services Chat API, version 2, over REST. */
    public static final String GENESYS_V2 = "genesys-v2";

    private static final Map<String, Dialect> BUILT_IN = read();

    private Dialects() {}

    private static Map<String, Dialect> read() {
        try (InputStream catalogue = Objects.requireNonNull(Dialects.class.getResourceAsStream("dialects.json"))) {
            List<DialectSource> sources = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build()
                    .readValue(catalogue, new TypeReference<>() {});
            Map<String, Dialect> byName = new LinkedHashMap<>();
            for (DialectSource source : sources) {
                byName.put(source.name(), new Dialect(source, name -> Optional.ofNullable(byName.get(name))));
            }
            return Collections.unmodifiableMap(byName);
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
