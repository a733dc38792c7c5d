package io.undertone.webapp.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UpstreamConnection;
import io.undertone.webapp.config.UpstreamConnection.Http2;
import io.undertone.webapp.tls.FileWatch;
import io.undertone.webapp.tls.TlsFileException;
import io.undertone.webapp.tls.Trust;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes HTTP clients that speak to each upstream as its route says: the version of HTTP, and who is believed. Close it when
 * they are stopped.
 */
public final class UpstreamClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);

    private final UpstreamTrust trust = new UpstreamTrust();
    private final Map<UpstreamServer, Http2> versions = new HashMap<>();
    private final List<FileWatch> watches = new ArrayList<>();
    private final Set<Request> inFlight = ConcurrentHashMap.newKeySet();

    /** @throws ConfigException if a file of certificates cannot be used; it names the route and the mend */
    public UpstreamClient(List<RouteConfig> routes, MeterRegistry meters) {
        List<String> errors = new ArrayList<>();
        for (RouteConfig route : routes) {
            UpstreamConnection connection = route.connection();
            UpstreamServer server = UpstreamServer.of(route.upstream());
            versions.put(server, connection.http2());
            if (!connection.verify()) {
                trust.put(server, UpstreamTrust.ANYBODY);
                LOG.warn(
                        "route {}: the certificate of {} is NOT verified (tls.verify: false);"
                                + " anybody between here and there can read and change the chats",
                        route.path(),
                        route.upstream());
            } else if (connection.trust() != null) {
                believe(route, server, connection.trust(), meters, errors);
            }
        }
        if (!errors.isEmpty()) {
            close();
            throw new ConfigException(errors);
        }
    }

    private void believe(
            RouteConfig route, UpstreamServer server, Trust authorities, MeterRegistry meters, List<String> errors) {
        try {
            trust.put(server, authorities.load());
            watches.add(FileWatch.start(
                    "route " + route.path(),
                    List.of(authorities.file()),
                    () -> trust.put(server, authorities.load()),
                    meters));
        } catch (TlsFileException unusable) {
            errors.add("tls.trust of the route " + route.path() + ": " + unusable.getMessage());
        }
    }

    /** A client that is not started yet, on a connector of its own. Thread-safe. */
    public HttpClient newHttpClient(ClientConnector connector) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context());
        connector.setSslContextFactory(tls);
        return new HttpClient(new UpstreamTransport(connector, versions));
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("every JDK speaks TLS", never);
        }
    }

    /** Has a request that is not sent yet counted as in flight until it is over. */
    Request counted(Request proxyToServerRequest) {
        return proxyToServerRequest
                .onRequestQueued(inFlight::add)
                .onComplete(result -> inFlight.remove(proxyToServerRequest));
    }

    /**
     * Waits for no upstream any longer: who has no reply yet is told to come again, and a reply that has begun is broken off.
     * Thread-safe.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the exchange's end tells that it was aborted
    public void giveUp() {
        inFlight.forEach(request -> request.abort(new ServerStopsException()));
    }

    @Override
    public void close() {
        watches.forEach(FileWatch::close);
    }
}
