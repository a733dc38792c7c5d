package io.undertone.webapp.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UpstreamConnection;
import io.undertone.webapp.config.UpstreamConnection.Http2;
import io.undertone.webapp.reload.FileWatch;
import io.undertone.webapp.tls.TlsFileException;
import io.undertone.webapp.tls.Trust;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
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

    /** @throws ConfigException if a file of certificates cannot be used; it names the route and the mend */
    public UpstreamClient(List<RouteConfig> routes, MeterRegistry meters) {
        List<String> errors = new ArrayList<>();
        for (RouteConfig route : routes) {
            UpstreamConnection connection = route.connection();
            Set<UpstreamServer> servers =
                    route.upstreams().stream().map(UpstreamServer::of).collect(Collectors.toSet());
            servers.forEach(server -> versions.put(server, connection.http2()));
            if (!connection.verify()) {
                servers.forEach(server -> trust.put(server, UpstreamTrust.ANYBODY));
                LOG.warn(
                        "route {}: the certificate of {} is NOT verified (tls.verify: false);"
                                + " anybody between here and there can read and change the chats",
                        route.path(),
                        route.upstreams());
            } else if (connection.trust() != null) {
                believe(route, servers, connection.trust(), meters, errors);
            }
        }
        if (!errors.isEmpty()) {
            close();
            throw new ConfigException(errors);
        }
    }

    /**
     * Reads the certificates that a start would need.
     *
     * @throws ConfigException if a file of them cannot be used; it names the route and the mend
     */
    public static void checkFiles(List<RouteConfig> routes) {
        List<String> errors = new ArrayList<>();
        for (RouteConfig route : routes) {
            Trust authorities = route.connection().trust();
            if (route.connection().verify() && authorities != null) {
                try {
                    authorities.load();
                } catch (TlsFileException unusable) {
                    errors.add(error(route, unusable));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    private static String error(RouteConfig route, TlsFileException unusable) {
        return "tls.trust of the route " + route.path() + ": " + unusable.getMessage();
    }

    private void believe(
            RouteConfig route,
            Set<UpstreamServer> servers,
            Trust authorities,
            MeterRegistry meters,
            List<String> errors) {
        try {
            believe(servers, authorities);
            watches.add(FileWatch.start(
                    "tls.trust of the route " + route.path(),
                    List.of(authorities.file()),
                    () -> believe(servers, authorities),
                    meters));
        } catch (TlsFileException unusable) {
            errors.add(error(route, unusable));
        }
    }

    private void believe(Set<UpstreamServer> servers, Trust authorities) throws TlsFileException {
        X509ExtendedTrustManager loaded = authorities.load();
        servers.forEach(server -> trust.put(server, loaded));
    }

    /** A client that is not started yet, on a connector of its own. Thread-safe. */
    public HttpClient newHttpClient(ClientConnector connector) {
        connector.setSslContextFactory(tls());
        return new HttpClient(new UpstreamTransport(connector, versions));
    }

    /** As {@link #newHttpClient}, for WebSockets: every server opens them over HTTP/1.1, and few over HTTP/2. */
    public HttpClient newSocketClient(ClientConnector connector) {
        connector.setSslContextFactory(tls());
        return new HttpClient(new HttpClientTransportOverHTTP(connector));
    }

    private SslContextFactory.Client tls() {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context());
        return tls;
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

    @Override
    public void close() {
        watches.forEach(FileWatch::close);
    }
}
