package io.undertone.server.sandbox;

import java.net.URI;
import java.time.Duration;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.server.AbstractServerTransport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A CometD server that knows nothing of GMS: what it says is the test's affair. */
final class PlainBayeuxServer implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(
            server, new HttpConnectionFactory(), new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    private final BayeuxServer bayeux;

    /** @param maxInterval how long a client may take from one connect to the next */
    PlainBayeuxServer(Duration connectHold, Duration maxInterval) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        bayeux = CometDFront.install(server, context, connectHold);
        bayeux.setOption(AbstractServerTransport.MAX_INTERVAL_OPTION, maxInterval.toMillis());
        bayeux.setOption("allowMessageDeliveryDuringHandshake", true);
        server.setHandler(context);
        server.start();
    }

    BayeuxServer bayeux() {
        return bayeux;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
