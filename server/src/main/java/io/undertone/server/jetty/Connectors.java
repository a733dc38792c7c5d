package io.undertone.server.jetty;

import io.undertone.webapp.config.LimitsConfig;
import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes connectors that speak HTTP/1.1 and HTTP/2: over TLS as the client chooses (ALPN), in plain text by prior knowledge
 * or {@code Upgrade} (h2c).
 */
final class Connectors {
    /** How long a connection that nothing happens on is kept when the server stops. */
    private static final long IDLE_MILLIS_AT_STOP = 250;

    /** A connection's table of header fields takes 100 KB from the second request on, and a customer keeps one for long. */
    private static final int NO_TABLE = 0;
    /** A request with a body keeps the buffer that it was read into until it is answered; hardly one of a chat is longer. */
    private static final int INPUT_BUFFER_BYTES = 4_096;

    private Connectors() {}

    /**
     * @param name what contexts are bound to
     * @param tls null for plain text
     */
    static ServerConnector make(
            Server server, String name, String host, int port, @Nullable ListenerTls tls, LimitsConfig limits) {
        ServerConnector connector = new ServerConnector(server, protocols(tls, http(limits), limits.idleTimeout()));
        connector.setName(name);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(limits.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(IDLE_MILLIS_AT_STOP);
        connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.addConnector(connector);
        return connector;
    }

    private static HttpConfiguration http(LimitsConfig limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.headerBytes());
        http.setResponseHeaderSize(limits.headerBytes());
        http.setHeaderCacheSize(NO_TABLE);
        // What two servers may read as two different requests is refused, a line that ends in a bare LF among it.
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.addCustomizer(new CookieCrumbs());
        return http;
    }

    private static ConnectionFactory[] protocols(@Nullable ListenerTls tls, HttpConfiguration http, Duration patience) {
        if (tls == null) {
            return new ConnectionFactory[] {
                http1(http, patience), withoutSockets(new HTTP2CServerConnectionFactory(http))
            };
        }
        // There is one certificate and one site, whatever name or address a client comes by.
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http1 = http1(http, patience);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(tls.factory(), alpn.getProtocol()),
            alpn,
            withoutSockets(new HTTP2ServerConnectionFactory(http)),
            http1
        };
    }

    private static HttpConnectionFactory http1(HttpConfiguration http, Duration patience) {
        HttpConnectionFactory factory = new PromptRequests(http, patience);
        factory.setInputBufferSize(INPUT_BUFFER_BYTES);
        return factory;
    }

    /** Browsers that are not offered WebSockets in a stream (RFC 8441) open them over HTTP/1.1, where they are relayed. */
    private static ConnectionFactory withoutSockets(AbstractHTTP2ServerConnectionFactory http2) {
        http2.setConnectProtocolEnabled(false);
        return http2;
    }
}
