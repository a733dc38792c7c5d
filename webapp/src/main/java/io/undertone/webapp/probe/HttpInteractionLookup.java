package io.undertone.webapp.probe;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads user data by HTTP: a GET of an address with the interaction's id in it, answered by a JSON object that has
 * {@code ChatServerAppName} and {@code IsOnline} among its members. Thread-safe.
 */
final class HttpInteractionLookup implements InteractionLookup {
    private static final Logger LOG = LoggerFactory.getLogger(HttpInteractionLookup.class);
    /** Thousands of interactions are asked about at once when a server dies; connections are fewer. */
    private static final int MOST_AT_ONCE = 64;

    private static final String PLACEHOLDER = "{InteractionId}";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String template;
    private final Set<String> userDataKeys;
    private final Set<String> addressKeys;
    private final HttpExchange http;
    private final Gate<Interaction> gate = new Gate<>(MOST_AT_ONCE);

    /**
     * @param template the address, with {@code {InteractionId}} where the percent-encoded id goes
     * @param userDataKeys what is read beside the server's name and {@code IsOnline}
     * @param addressKeys those of them without which the server cannot be reached
     * @throws IllegalArgumentException if the template is no http or https URL, or has no placeholder
     */
    HttpInteractionLookup(String template, HttpExchange http, Set<String> userDataKeys, Set<String> addressKeys) {
        if (!template.contains(PLACEHOLDER)) {
            throw new IllegalArgumentException(
                    "probe.interactionUrl is '%s': write %s where the id goes".formatted(template, PLACEHOLDER));
        }
        this.template = template;
        this.userDataKeys = Set.copyOf(userDataKeys);
        this.addressKeys = Set.copyOf(addressKeys);
        this.http = http;
        get("0");
    }

    @Override
    public CompletionStage<Interaction> read(String interactionId, Interaction known) {
        return gate.pass(() -> http.send(get(interactionId))
                .thenApply(reply -> merge(interactionId, reply, known))
                .exceptionally(failure -> {
                    LOG.debug("Interaction {} could not be read", interactionId, BoundedHttp.cause(failure));
                    return known.outdated();
                }));
    }

    private HttpRequest get(String interactionId) {
        String encoded =
                URLEncoder.encode(interactionId, StandardCharsets.UTF_8).replace("+", "%20");
        return HttpRequest.newBuilder(URI.create(template.replace(PLACEHOLDER, encoded)))
                .header("Accept", "application/json")
                // What a cache has kept is not where the session is now (RFC 9111 section 5.2.1.4).
                .header("Cache-Control", "no-cache")
                .build();
    }

    private Interaction merge(String interactionId, HttpResponse<byte[]> reply, Interaction known) {
        JsonNode userData = reply.statusCode() == 200 ? object(reply.body()) : null;
        if (userData == null || !Interaction.mayBe(interactionId, userData)) {
            return known.outdated();
        }
        String server = userData.path("ChatServerAppName").asString("").strip();
        // A session that finished does not begin again, whoever saw it finish.
        Boolean online = known.finished()
                ? Boolean.FALSE
                : Interaction.parseIsOnline(userData.path("IsOnline").asString(""))
                        .orElse(known.isOnline());
        boolean named = !server.isEmpty() && ProbeRequest.isWellFormed(server);
        Set<String> read = new HashSet<>();
        Map<String, String> all = new LinkedHashMap<>(known.userData());
        for (String key : userDataKeys) {
            String value = userData.path(key).asString("").strip();
            if (!value.isEmpty() && ProbeRequest.isWellFormed(value)) {
                all.put(key, value);
                read.add(key);
            }
        }
        // An address of which a part is old is nobody's.
        boolean current = named && read.containsAll(addressKeys);
        return new Interaction(named ? server : known.chatServerAppName(), online, current, all);
    }

    private static @Nullable JsonNode object(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root.isObject() ? root : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
