package io.undertone.webapp.proxy;

import io.undertone.webapp.config.UpstreamConnection.Http2;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Speaks HTTP/1.1 and HTTP/2, and chooses for each server as its route says. Jetty's transport for both is asked what to speak;
 * but only of the one for HTTP/1.1 does a connection learn how large a table of header fields it may keep.
 */
final class UpstreamTransport extends HttpClientTransportOverHTTP {
    /** A table takes 100 KB from the second reply on, and each customer who waits has a connection to an upstream. */
    private static final int NO_TABLE = 0;

    private final HttpClientTransportDynamic dynamic;
    private final Map<UpstreamServer, Http2> choices;

    /** @param choices what is not {@link Http2#AUTO} */
    UpstreamTransport(ClientConnector connector, Map<UpstreamServer, Http2> choices) {
        super(connector);
        setHeaderCacheSize(NO_TABLE);
        // No listener waits, see ProxyExchange: a thread of its own for each event would cost more than most of them
        // do.
        setInvocationType(InvocationType.NON_BLOCKING);
        ClientConnectionFactory.Info http2 = new ClientConnectionFactoryOverHTTP2.HTTP2(http2(connector));
        this.dynamic = new HttpClientTransportDynamic(connector, http2, HttpClientConnectionFactory.HTTP11);
        setConnectionPoolFactory(dynamic.getConnectionPoolFactory());
        // The other transport is never started, and what it uses is.
        installBean(http2);
        installBean(HttpClientConnectionFactory.HTTP11);
        this.choices = Map.copyOf(choices);
    }

    private static HTTP2Client http2(ClientConnector connector) {
        HTTP2Client http2 = new HTTP2Client(connector);
        http2.setFlowControlStrategyFactory(ResetStreams::new);
        return http2;
    }

    @Override
    public void setHttpClient(HttpClient client) {
        super.setHttpClient(client);
        dynamic.setHttpClient(client);
    }

    @Override
    public Origin newOrigin(Request request) {
        UpstreamServer server = new UpstreamServer(request.getHost(), request.getPort());
        switch (choices.getOrDefault(server, Http2.AUTO)) {
            case ALWAYS -> request.version(HttpVersion.HTTP_2);
            case NEVER -> request.version(HttpVersion.HTTP_1_1);
            case AUTO -> {
                if (!HttpScheme.isSecure(request.getScheme())) {
                    request.version(HttpVersion.HTTP_1_1);
                }
            }
        }
        return dynamic.newOrigin(request);
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        return dynamic.newConnection(endPoint, context);
    }
}
