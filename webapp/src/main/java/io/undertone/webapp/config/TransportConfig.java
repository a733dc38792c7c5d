package io.undertone.webapp.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How probes come into a chat: {@code probe.transport}, with what it needs. */
public sealed interface TransportConfig {

    /** The names of the user data that it needs, beside those that every question has. */
    default Set<String> userDataKeys() {
        return Set.of();
    }

    /**
     * ESP requests as JSON over HTTP.
     *
     * @param url where they are posted
     */
    record Http(URI url) implements TransportConfig {}

    /**
     * Requests of the operator's own making, to whatever chat server there is.
     *
     * @param method of HTTP
     * @param url where they go
     * @param headers by name
     * @param body null for none
     * @param bodyEscaping how values stand in the body
     * @param outcomes what replies mean: the first row that holds; a reply for which none does means nothing
     */
    record Template(
            String method,
            TextTemplate url,
            Map<String, TextTemplate> headers,
            @Nullable TextTemplate body,
            Escaping bodyEscaping,
            List<OutcomeRow> outcomes)
            implements TransportConfig {
        public Template {
            headers = Map.copyOf(headers);
            outcomes = List.copyOf(outcomes);
        }

        /** All that it has to be filled with. */
        Set<Placeholder> placeholders() {
            Stream<TextTemplate> parts = Stream.concat(Stream.of(url), headers.values().stream());
            return Stream.concat(parts, Stream.ofNullable(body))
                    .flatMap(part -> part.placeholders().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Set<String> userDataKeys() {
            return Stream.of(Placeholder.CHAT_SERVER_HOST, Placeholder.CHAT_SERVER_PORT)
                    .filter(placeholders()::contains)
                    .map(Placeholder::wireName)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * The vendor's own SDK, from jars that the operator has.
     *
     * @param jars the directory with the jars
     * @param endpoints interaction servers, not resolved; the first that can be reached is used
     * @param clientName how the connection is called
     * @param tls whether the connection is TLS, by the JVM's default trust and key stores
     * @param names what public documents leave open
     */
    record Psdk(Path jars, List<InetSocketAddress> endpoints, String clientName, boolean tls, PsdkNames names)
            implements TransportConfig {
        public Psdk {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * Names and numbers of the External Service Protocol that are not in public documents.
     *
     * @param interactionIdKey the key of the user data that holds the interaction's id
     * @param responseId the number of {@code Event3rdServerResponse}
     * @param faultId the number of {@code Event3rdServerFault}
     * @param errorId the number of the interaction server's {@code EventError}
     * @param errorCodeMethod how the error's code is read from that event
     */
    record PsdkNames(String interactionIdKey, int responseId, int faultId, int errorId, String errorCodeMethod) {
        public static final PsdkNames DEFAULT = new PsdkNames("InteractionId", 501, 502, 52, "getErrorCode");
    }

    /** The workflow sends the request itself, with a text that we issue, and reports what came back. */
    record Reported() implements TransportConfig {}
}
