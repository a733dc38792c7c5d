package io.undertone.server.sandbox;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.transport.ClientTransport;
import tools.jackson.databind.JsonNode;

/** A customer of a chat over CometD: the real Java client, and all that it was told. Thread-safe. */
final class CometDCustomer implements AutoCloseable {
    private static final String CHANNEL = "/service/chatV2/customer-support";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long GOODBYE_MILLIS = 100;

    private final BayeuxClient client;
    private final List<JsonNode> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();

    CometDCustomer(URI gms, CometDTransport transport) {
        this(gms, transport.open());
    }

    CometDCustomer(URI gms, ClientTransport transport) {
        client = new BayeuxClient(gms + "/genesys/cometd", transport);
        count(Channel.META_HANDSHAKE, handshakes);
        count(Channel.META_CONNECT, connects);
    }

    private void count(String channel, AtomicInteger counter) {
        client.getChannel(channel).addListener((ClientSessionChannel.MessageListener) (meta, message) -> {
            if (message.isSuccessful()) {
                counter.incrementAndGet();
            }
        });
    }

    BayeuxClient client() {
        return client;
    }

    /** Shakes hands, listens, and asks for a chat; so again whenever the server has forgotten this client. */
    CometDCustomer requestChat() {
        return enter(Map.of("operation", "requestChat", "nickname", "Ann", "userData", Map.of("Colour", "green")));
    }

    /** Shakes hands, listens, and goes on with a chat that was begun by another client. */
    CometDCustomer resume(String secureKey, int position) {
        return enter(
                Map.of("operation", "requestNotifications", "secureKey", secureKey, "transcriptPosition", position));
    }

    private CometDCustomer enter(Map<String, Object> request) {
        client.getChannel(Channel.META_HANDSHAKE)
                .addListener((ClientSessionChannel.MessageListener) (channel, message) -> {
                    if (message.isSuccessful()) {
                        client.batch(() -> {
                            client.getChannel(CHANNEL)
                                    .subscribe((chat, delivery) ->
                                            deliveries.add(Json.MAPPER.valueToTree(delivery.getData())));
                            client.getChannel(CHANNEL).publish(request);
                        });
                    }
                });
        client.handshake();
        soon().until(() -> !deliveries.isEmpty());
        return this;
    }

    /** Publishes an operation on the chat. */
    void perform(String operation, String... fields) {
        Map<String, Object> data = new HashMap<>(Map.of("operation", operation, "secureKey", secureKey()));
        for (int i = 0; i < fields.length; i += 2) {
            data.put(fields[i], fields[i + 1]);
        }
        client.getChannel(CHANNEL).publish(data);
    }

    /** Waits until everything before this position was delivered, and hidden or shown. */
    void awaitPosition(int position) {
        soon().until(() ->
                deliveries.stream().anyMatch(reply -> reply.path("nextPosition").asInt(0) >= position));
    }

    /** Deliveries come within milliseconds, and each test waits for many. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE);
    }

    void awaitEnd() {
        soon().until(() ->
                deliveries.stream().anyMatch(reply -> reply.path("chatEnded").asBoolean(false)));
    }

    /** Forgets the deliveries of a chat that is over. */
    void forget() {
        deliveries.clear();
    }

    List<JsonNode> deliveries() {
        return List.copyOf(deliveries);
    }

    /** What the customer can read, each as {@code kind nickname type: text}. */
    List<String> lines() {
        return deliveries.stream()
                .flatMap(delivery -> CustomerCalls.lines(delivery).stream())
                .toList();
    }

    String chatId() {
        return told("chatId");
    }

    String secureKey() {
        return told("secureKey");
    }

    private String told(String field) {
        return deliveries.get(0).path(field).asString();
    }

    int handshakes() {
        return handshakes.get();
    }

    /** How many connects have been answered. */
    int connects() {
        return connects.get();
    }

    @Override
    public void close() {
        client.disconnect(GOODBYE_MILLIS);
    }
}
