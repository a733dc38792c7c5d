package io.undertone.server.sandbox;

import jakarta.servlet.ServletRegistration;
import java.time.Duration;
import java.util.List;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.server.AbstractServerTransport;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.cometd.server.http.JSONHttpTransport;
import org.cometd.server.http.JSONPHttpTransport;
import org.cometd.server.http.jakarta.CometDServlet;
import org.cometd.server.websocket.common.AbstractWebSocketTransport;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** A CometD server in a servlet context: long-polling, callback-polling and WebSocket, with acknowledged messages. */
final class CometDFront {
    private static final String PATH = "/genesys/cometd/*";
    /** What a WebSocket may be silent beyond the time that a connect is held. */
    private static final Duration SPARE = Duration.ofSeconds(60);

    private CometDFront() {}

    /**
     * Adds the CometD server to a context that has not started. It starts and stops with the context.
     *
     * @param connectHold how long a {@code /meta/connect} waits for something to deliver
     */
    static BayeuxServer install(Server server, ServletContextHandler context, Duration connectHold) {
        context.insertHandler(WebSocketUpgradeHandler.from(server, context));
        BayeuxServerImpl bayeux = new BayeuxServerImpl();
        bayeux.setOption(Context.class.getName(), context.getContext());
        bayeux.setOption(AbstractServerTransport.JSON_CONTEXT_OPTION, new BayeuxJson());
        bayeux.setOption(AbstractServerTransport.TIMEOUT_OPTION, connectHold.toMillis());
        bayeux.setOption(
                AbstractWebSocketTransport.PREFIX + "." + AbstractWebSocketTransport.COMETD_URL_MAPPING_OPTION, PATH);
        bayeux.setOption(
                AbstractWebSocketTransport.PREFIX + "." + AbstractWebSocketTransport.IDLE_TIMEOUT_OPTION,
                connectHold.plus(SPARE).toMillis());
        bayeux.setTransports(List.of(
                new JettyWebSocketTransport(bayeux), new JSONHttpTransport(bayeux), new JSONPHttpTransport(bayeux)));
        bayeux.addExtension(new AcknowledgedMessagesExtension());
        // The servlet takes the server that it finds here.
        context.setAttribute(BayeuxServer.ATTRIBUTE, bayeux);
        context.addServletContainerInitializer((classes, servletContext) -> {
            ServletRegistration.Dynamic cometd = servletContext.addServlet("cometd", new CometDServlet());
            cometd.setAsyncSupported(true);
            cometd.setLoadOnStartup(1);
            cometd.addMapping(PATH);
        });
        return bayeux;
    }
}
