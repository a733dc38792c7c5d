package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller sent: in the query, as a form, or as a flat JSON object. Read here rather than by the container, so that
 * every container has the same limits and says the same about mistakes.
 */
final class Parameters {
    /** All the user data of an interaction fit in many times over. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final String BODIES = "application/json or application/x-www-form-urlencoded";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    private Parameters() {}

    /** Reads the query, and a POST's body. */
    static Parameters of(HttpServletRequest request) throws IOException, BadRequestException {
        Parameters parameters = ofQuery(request);
        if (request.getMethod().equals("POST")) {
            parameters.addBody(request);
        }
        return parameters;
    }

    /** Reads the query alone. */
    static Parameters ofQuery(HttpServletRequest request) throws BadRequestException {
        Parameters parameters = new Parameters();
        String query = request.getQueryString();
        if (query != null) {
            parameters.addForm(query, "query");
        }
        return parameters;
    }

    /**
     * Reads a flat JSON object.
     *
     * @param what how messages call it
     */
    static Parameters ofJson(String json, String what) throws BadRequestException {
        Parameters parameters = new Parameters();
        parameters.addJson(json.getBytes(StandardCharsets.UTF_8), what);
        return parameters;
    }

    /** Takes names and their values as they are. */
    static Parameters of(Map<String, String> values) {
        Parameters parameters = new Parameters();
        values.forEach(parameters::add);
        return parameters;
    }

    /** Takes the value of a name from others, where it has none here. */
    void fillIn(String name, Parameters others) {
        values.putIfAbsent(name, others.values.getOrDefault(name, Set.of()));
    }

    /**
     * The value of a parameter of ours without the blanks around it; empty when it is missing or blank. Its name is taken by
     * the letter, as user data may have names that are like it.
     *
     * @throws BadRequestException if there are several values that differ
     */
    Optional<String> getExactly(String name) throws BadRequestException {
        return only(name, values.getOrDefault(name, Set.of()));
    }

    /**
     * The value of a parameter without the blanks around it; empty when it is missing or blank. A name that differs in
     * case alone is taken when the name itself is missing.
     *
     * @throws BadRequestException if there are several values that differ
     */
    Optional<String> get(String name) throws BadRequestException {
        Set<String> found = values.getOrDefault(name, Set.of());
        if (found.isEmpty()) {
            found = new LinkedHashSet<>();
            for (Map.Entry<String, Set<String>> entry : values.entrySet()) {
                if (entry.getKey().equalsIgnoreCase(name)) {
                    found.addAll(entry.getValue());
                }
            }
        }
        return only(name, found);
    }

    private static Optional<String> only(String name, Set<String> found) throws BadRequestException {
        if (found.size() > 1) {
            throw bad("%s has several values: send one".formatted(name));
        }
        return found.stream().findFirst();
    }

    private void add(String name, String value) {
        if (!value.isBlank()) {
            values.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value.strip());
        }
    }

    private void addBody(HttpServletRequest request) throws IOException, BadRequestException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new BadRequestException(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "Body too long",
                    "The body has more than %d bytes: send InteractionId, ChatServerAppName and IsOnline alone"
                            .formatted(MAX_BODY_BYTES));
        }
        if (body.length == 0) {
            return;
        }
        String contentType = request.getContentType();
        switch (contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json" -> {
                requireUtf8(request, BODIES);
                addJson(body, "body");
            }
            case "application/x-www-form-urlencoded" -> {
                requireUtf8(request, BODIES);
                addForm(new String(body, StandardCharsets.UTF_8), "body");
            }
            default ->
                throw unsupported(
                        "The body's Content-Type is " + (contentType == null ? "missing" : contentType), BODIES);
        }
    }

    /** @param bodies the media types that may be sent instead */
    static void requireUtf8(HttpServletRequest request, String bodies) throws BadRequestException {
        String charset = request.getCharacterEncoding();
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw unsupported("The body's charset is " + charset, bodies);
        }
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw unsupported("The body's Content-Encoding is " + coding, bodies);
        }
    }

    private void addForm(String form, String where) throws BadRequestException {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            try {
                add(
                        URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8),
                        equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw bad("The %s is not percent-encoded properly: write each %% as %%25".formatted(where));
            }
        }
    }

    private void addJson(byte[] body, String what) throws BadRequestException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            var location = e.getLocation();
            String from = location == null
                    ? ""
                    : " from line %d, column %d on".formatted(location.getLineNr(), location.getColumnNr());
            throw bad("The %s is not JSON%s: send an object such as {\"InteractionId\":\"…\"}".formatted(what, from));
        }
        if (!root.isObject()) {
            throw bad(
                    "The %s is JSON, but no object: send an object such as {\"InteractionId\":\"…\"}".formatted(what));
        }
        // User data may hold lists of any depth; what the probe reads of them are plain values.
        root.properties().stream()
                .filter(member ->
                        member.getValue().isValueNode() && !member.getValue().isNull())
                .forEach(member -> add(member.getKey(), member.getValue().asString()));
    }

    private static BadRequestException bad(String detail) {
        return new BadRequestException(HttpServletResponse.SC_BAD_REQUEST, "Bad request", detail);
    }

    private static BadRequestException unsupported(String what, String bodies) {
        return new BadRequestException(
                HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                "Unsupported body",
                what + ": send " + bodies + " in UTF-8, uncompressed");
    }
}
