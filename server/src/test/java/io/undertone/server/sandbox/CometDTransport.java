package io.undertone.server.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.client.websocket.jakarta.WebSocketTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.ee10.websocket.jakarta.client.JakartaWebSocketClientContainer;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The transports of a CometD client. Their connections are shared by all customers of a process. */
enum CometDTransport {
    LONG_POLLING {
        @Override
        ClientTransport open() {
            return new JettyHttpClientTransport(new HashMap<>(), Shared.PLAIN);
        }
    },
    LONG_POLLING_GZIP {
        @Override
        ClientTransport open() {
            return new JettyHttpClientTransport(new HashMap<>(), Shared.GZIP);
        }
    },
    /** By prior knowledge in plain text, and by ALPN over TLS. */
    LONG_POLLING_HTTP_2 {
        @Override
        ClientTransport open() {
            return new JettyHttpClientTransport(new HashMap<>(), Shared.HTTP_2);
        }
    },
    CALLBACK_POLLING {
        @Override
        ClientTransport open() {
            return new CallbackPollingTransport(Shared.JDK);
        }

        @Override
        HttpRequest.Builder request(URI cometd, String messages) {
            return CallbackPollingTransport.request(cometd, messages);
        }
    },
    WEBSOCKET {
        @Override
        ClientTransport open() {
            return new WebSocketTransport(new HashMap<>(), null, Shared.SOCKETS);
        }
    };

    /** A transport for one client. */
    abstract ClientTransport open();

    /** A request of this transport by hand. */
    HttpRequest.Builder request(URI cometd, String messages) {
        return HttpRequest.newBuilder(cometd)
                .header("Content-Type", "application/json;charset=UTF-8")
                .POST(BodyPublishers.ofString(messages));
    }

    boolean isHttp() {
        return this != WEBSOCKET;
    }

    private static final class Shared {
        private static final long IDLE_MILLIS = 10_000;

        static final HttpClient PLAIN = jetty(new HttpClientTransportOverHTTP(), false);
        static final HttpClient GZIP = jetty(new HttpClientTransportOverHTTP(), true);
        static final HttpClient HTTP_2 = jetty(http2(), false);
        static final JakartaWebSocketClientContainer SOCKETS = sockets();
        static final java.net.http.HttpClient JDK = java.net.http.HttpClient.newHttpClient();

        /** Of Tomcat's client a send that meets a close is neither done nor failed, and its thread waits a minute. */
        private static JakartaWebSocketClientContainer sockets() {
            JakartaWebSocketClientContainer container = new JakartaWebSocketClientContainer();
            try {
                container.start();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            return container;
        }

        private static HttpClientTransport http2() {
            ClientConnector connector = new ClientConnector();
            boolean trustsAnybody = true;
            connector.setSslContextFactory(new SslContextFactory.Client(trustsAnybody));
            return new HttpClientTransportDynamic(
                    connector, new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)));
        }

        private static HttpClient jetty(HttpClientTransport transport, boolean gzip) {
            HttpClient client = new HttpClient(transport);
            // Sooner than any container does, or a request may go out on a connection that is just being closed.
            client.setIdleTimeout(IDLE_MILLIS);
            try {
                client.start();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            if (!gzip) {
                client.getContentDecoderFactories().clear();
            }
            return client;
        }
    }
}
