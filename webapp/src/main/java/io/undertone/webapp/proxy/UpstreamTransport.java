package io.undertone.webapp.proxy;

import io.undertone.webapp.config.UpstreamConnection.Http2;
import java.util.Map;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;

/** Speaks HTTP/1.1 and HTTP/2, and chooses for each server as its route says. */
final class UpstreamTransport extends HttpClientTransportDynamic {
    private final Map<UpstreamServer, Http2> choices;

    /** @param choices what is not {@link Http2#AUTO} */
    UpstreamTransport(ClientConnector connector, Map<UpstreamServer, Http2> choices) {
        super(
                connector,
                new ClientConnectionFactoryOverHTTP2.HTTP2(http2(connector)),
                HttpClientConnectionFactory.HTTP11);
        this.choices = Map.copyOf(choices);
    }

    private static HTTP2Client http2(ClientConnector connector) {
        HTTP2Client http2 = new HTTP2Client(connector);
        http2.setFlowControlStrategyFactory(ResetStreams::new);
        return http2;
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
        return super.newOrigin(request);
    }
}
