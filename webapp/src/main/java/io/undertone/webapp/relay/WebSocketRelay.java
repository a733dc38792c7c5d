package io.undertone.webapp.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.WebSocketConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every WebSocket that is relayed, and the client that connects them to their chat servers. Thread-safe.
 *
 * <p>Both ends of a relay are pinged, and each answers pings by itself, so that an end that is silent is not taken for one
 * that has gone.
 */
public final class WebSocketRelay {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketRelay.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    /** One for each customer; many of them come at once when a network is back. */
    private static final int MOST_CONNECTIONS = 32_768;

    private final WebSocketConfig limits;
    private final ScheduledExecutorService scheduler;
    private final Set<Relay> open = ConcurrentHashMap.newKeySet();
    private final RelayMetrics metrics;
    private final WebSocketClient client = new WebSocketClient(httpClient());
    private @Nullable ScheduledFuture<?> aliveChecks;
    private volatile boolean isDraining;

    /** @param scheduler for pings; a socket that takes none may hold its thread for a while */
    public WebSocketRelay(WebSocketConfig limits, ScheduledExecutorService scheduler, MeterRegistry meters) {
        this.limits = limits;
        this.scheduler = scheduler;
        this.metrics = new RelayMetrics(meters, open);
        client.setIdleTimeout(limits.idleTimeout());
        client.setMaxTextMessageSize(limits.maxMessageBytes());
        client.setMaxBinaryMessageSize(limits.maxMessageBytes());
        client.setStopAtShutdown(false);
    }

    private static HttpClient httpClient() {
        HttpClient client = new HttpClient();
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("undertone-relay");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
        // What a customer is asked for, the customer answers.
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        return client;
    }

    void start() throws Exception {
        client.start();
        client.getHttpClient().getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        long period = Math.max(1, limits.idleTimeout().toMillis() / Relay.PINGS);
        aliveChecks = scheduler.scheduleWithFixedDelay(
                () -> open.forEach(WebSocketRelay::checkAlive), period, period, TimeUnit.MILLISECONDS);
    }

    /** What goes wrong with one socket must not end the checks of all others. */
    private static void checkAlive(Relay relay) {
        try {
            relay.checkAlive();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "a socket could not be asked for a sign of life: {}",
                    failure.getClass().getSimpleName());
        }
    }

    void stop() throws Exception {
        if (aliveChecks != null) {
            aliveChecks.cancel(false);
        }
        open.forEach(Relay::drain);
        client.stop();
    }

    /** Begins to connect to the chat server of a route, with what the customer asks for. Returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the opening is told of the failure
    Opening open(HttpServletRequest clientToProxyRequest, RouteConfig route, MessageJudge judge) {
        Relay relay = new Relay(judge, limits, metrics, open::remove);
        Opening opening = new Opening(route.path(), relay, UpgradeHeaders.proxyToServer(clientToProxyRequest));
        ClientUpgradeRequest proxyToServerRequest =
                new ClientUpgradeRequest(UpgradeRequests.target(route.upstream(), clientToProxyRequest));
        proxyToServerRequest.setTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        open.add(relay);
        try {
            client.connect(relay, proxyToServerRequest, opening).whenComplete((session, failure) -> {
                if (failure != null) {
                    relay.abandon();
                }
                opening.answer(failure);
            });
        } catch (IOException failure) {
            relay.abandon();
            opening.answer(failure);
        }
        return opening;
    }

    /** Whether no new socket is opened any more. */
    boolean isDraining() {
        return isDraining;
    }

    /** Opens no more sockets, and closes those that there are with 1001. Whoever connects anew finds another node. */
    public void drain() {
        isDraining = true;
        open.forEach(Relay::drain);
    }
}
