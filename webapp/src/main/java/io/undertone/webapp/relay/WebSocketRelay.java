package io.undertone.webapp.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.WebSocketConfig;
import io.undertone.webapp.proxy.ClientAddresses;
import io.undertone.webapp.proxy.Route;
import io.undertone.webapp.proxy.Upstream;
import io.undertone.webapp.proxy.Upstreams;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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
    private static final Duration SPARE_CONNECTION_TIMEOUT = Duration.ofSeconds(30);
    /** One for each customer; many of them come at once when a network is back. */
    private static final int MOST_CONNECTIONS = 32_768;

    private final WebSocketConfig limits;
    private final ClientAddresses clients;
    private final ScheduledExecutorService scheduler;
    private final Set<Relay> open = ConcurrentHashMap.newKeySet();
    private final RelayMetrics metrics;
    private final WebSocketClient client;
    private @Nullable ScheduledFuture<?> aliveChecks;
    private volatile boolean isDraining;

    /**
     * @param httpClient not started yet, and the relay's own from now on
     * @param clients whose word on the way of a request is taken
     * @param scheduler for pings; a socket that takes none may hold its thread for a while
     */
    public WebSocketRelay(
            WebSocketConfig limits,
            HttpClient httpClient,
            ClientAddresses clients,
            ScheduledExecutorService scheduler,
            MeterRegistry meters) {
        this.limits = limits;
        this.clients = clients;
        this.scheduler = scheduler;
        this.metrics = new RelayMetrics(meters, open);
        configure(httpClient);
        this.client = new WebSocketClient(httpClient);
        client.setIdleTimeout(limits.idleTimeout());
        // Its connections become sockets, which have the time-out above; but for a spare one now and then.
        httpClient.setIdleTimeout(SPARE_CONNECTION_TIMEOUT.toMillis());
        client.setMaxTextMessageSize(limits.maxMessageBytes());
        client.setMaxBinaryMessageSize(limits.maxMessageBytes());
        client.setStopAtShutdown(false);
    }

    private static void configure(HttpClient client) {
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

    /**
     * Begins to connect to the chat servers of a route in turn, with what the customer asks for, until a connection stands.
     * Returns at once.
     */
    Opening open(HttpServletRequest clientToProxyRequest, Route route, MessageJudge judge) {
        Relay relay = new Relay(judge, limits, metrics, open::remove);
        HttpFields headers = UpgradeHeaders.proxyToServer(
                clientToProxyRequest,
                clients.trustsPeerOf(clientToProxyRequest),
                route.config().preserveHost());
        Opening opening = new Opening(route.config().path(), relay, headers);
        open.add(relay);
        connect(
                opening,
                clientToProxyRequest,
                route.upstreams(),
                route.upstreams().inOrder(clientToProxyRequest).iterator());
        return opening;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the opening is told of the failure
    private void connect(
            Opening opening,
            HttpServletRequest clientToProxyRequest,
            Upstreams upstreams,
            Iterator<Upstream> candidates) {
        Upstream upstream = candidates.next();
        ClientUpgradeRequest proxyToServerRequest =
                new ClientUpgradeRequest(UpgradeRequests.target(upstream.url(), clientToProxyRequest));
        proxyToServerRequest.setTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        upstream.begin();
        BiConsumer<Object, @Nullable Throwable> whenConnected = (session, failure) -> {
            tell(upstream, opening);
            if (failure != null && !opening.isBegun() && candidates.hasNext()) {
                connect(opening, clientToProxyRequest, upstreams, candidates);
                return;
            }
            if (opening.hasResponse()) {
                upstreams.answered(
                        clientToProxyRequest,
                        upstream,
                        opening.serverToProxyHeaders().getValuesList(HttpHeader.SET_COOKIE));
            }
            if (failure != null) {
                opening.relay().abandon();
            }
            opening.answer(failure);
        };
        try {
            client.connect(opening.relay(), proxyToServerRequest, opening).whenComplete(whenConnected);
        } catch (IOException failure) {
            whenConnected.accept(this, failure);
        }
    }

    /** The exchange of a handshake is over with its answer. */
    private static void tell(Upstream upstream, Opening opening) {
        if (opening.isBegun()) {
            upstream.reached();
        }
        if (opening.hasResponse()) {
            upstream.endAnswered();
        } else if (opening.isBegun()) {
            upstream.endBrokenOff();
        } else {
            upstream.endUnreachable();
        }
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
