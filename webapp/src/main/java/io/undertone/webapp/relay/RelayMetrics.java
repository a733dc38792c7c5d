package io.undertone.webapp.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** Counts what the relay carries. */
final class RelayMetrics {
    private final Counter clientToServer;
    private final Counter serverToClient;

    RelayMetrics(MeterRegistry meters, Collection<Relay> open) {
        Gauge.builder("undertone.sockets.open", open, Collection::size)
                .description("WebSockets that are relayed")
                .register(meters);
        clientToServer = messages(meters, "client_to_server");
        serverToClient = messages(meters, "server_to_client");
    }

    private static Counter messages(MeterRegistry meters, String direction) {
        return Counter.builder("undertone.sockets.messages")
                .description("WebSocket messages that were passed on")
                .tag("direction", direction)
                .register(meters);
    }

    void clientToServer() {
        clientToServer.increment();
    }

    void serverToClient() {
        serverToClient.increment();
    }
}
