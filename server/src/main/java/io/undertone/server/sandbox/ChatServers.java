package io.undertone.server.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The chat servers as the GMS fronts know them. Thread-safe. */
final class ChatServers {
    private static final Map<String, String> KEYS = Map.of(
            "firstName", "FirstName", "lastName", "LastName", "emailAddress", "EmailAddress", "subject", "Subject");

    private final List<ChatServer> servers;
    private final AtomicInteger turn = new AtomicInteger();

    ChatServers(List<ChatServer> servers) {
        this.servers = List.copyOf(servers);
    }

    /**
     * Opens a chat on the next server that is up, and takes the customer's seat in it.
     *
     * @throws GmsRefusal if a field is missing, or no server is up
     */
    CustomerSeat requestChat(GmsFields fields) {
        String nickname = fields.nickname();
        Map<String, String> userData = new LinkedHashMap<>(fields.userData());
        KEYS.forEach((field, key) -> {
            String value = fields.optional(field);
            if (value != null) {
                userData.put(key, value);
            }
        });
        for (ChatServer server : Turns.of(servers, turn.getAndIncrement())) {
            Optional<ChatSession> session = server.open(nickname, userData, fields.optional("text"));
            if (session.isPresent()) {
                return new CustomerSeat(server, session.get());
            }
        }
        throw GmsRefusal.noChatServer();
    }

    /** @throws GmsRefusal if no server has the alias */
    ChatServer named(String alias) {
        return servers.stream()
                .filter(server -> server.alias().equals(alias))
                .findFirst()
                .orElseThrow(() -> GmsRefusal.badField("field 'alias' names no chat server: '" + alias + "'"));
    }

    /**
     * The customer's seat in the session that has this key.
     *
     * @throws GmsRefusal if no server remembers such a session
     */
    CustomerSeat seat(String secureKey) {
        return servers.stream()
                .flatMap(server ->
                        server.sessionOf(secureKey).map(session -> new CustomerSeat(server, session)).stream())
                .findFirst()
                .orElseThrow(GmsRefusal::chatGone);
    }
}
