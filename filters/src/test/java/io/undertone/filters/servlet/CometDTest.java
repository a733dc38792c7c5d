package io.undertone.filters.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.client.BayeuxClient;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.server.http.jakarta.CometDServlet;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter before CometD's own servlet, with CometD's own client: an application that nobody here wrote. */
class CometDTest {
    private static final String CHANNEL = "/service/chatV2/support";

    private final Server server = new Server(0);
    private final HttpClient http = new HttpClient();
    private final List<HiddenMessage> hidden = new CopyOnWriteArrayList<>();
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private String dialect = "bayeux";
    private BayeuxServer bayeux;

    @BeforeEach
    void start() throws Exception {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        VeilFilter filter = new VeilFilter(
                request -> Optional.of(
                        new VeilRoute(Dialects.named(dialect).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD)),
                () -> keywords,
                new VeilListener() {
                    @Override
                    public void hidden(VeilRoute route, HiddenMessage message) {
                        hidden.add(message);
                    }
                });
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, servletContext) -> {
            FilterRegistration.Dynamic veil = servletContext.addFilter("veil", filter);
            veil.setAsyncSupported(true);
            veil.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
            ServletRegistration.Dynamic cometd = servletContext.addServlet("cometd", new CometDServlet());
            cometd.setAsyncSupported(true);
            cometd.setInitParameter("allowMessageDeliveryDuringHandshake", "true");
            cometd.setLoadOnStartup(1);
            cometd.addMapping("/genesys/cometd/*");
        });
        server.setHandler(context);
        server.start();
        bayeux = (BayeuxServer) context.getServletContext().getAttribute(BayeuxServer.ATTRIBUTE);
        http.start();
    }

    @AfterEach
    void stop() throws Exception {
        http.stop();
        server.stop();
    }

    private BayeuxClient connect() {
        String url =
                "http://localhost:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + "/genesys/cometd";
        BayeuxClient client = new BayeuxClient(url, new JettyHttpClientTransport(new HashMap<>(), http));
        client.handshake();
        assertThat(client.waitFor(TimeUnit.SECONDS.toMillis(10), BayeuxClient.State.CONNECTED))
                .isTrue();
        client.getChannel(CHANNEL)
                .addListener((ClientSessionChannel.MessageListener) (channel, message) -> received.add(message));
        return client;
    }

    private void deliver(BayeuxClient client, Object data) {
        bayeux.getSession(client.getId()).deliver(null, CHANNEL, data, Promise.noop());
    }

    @Test
    void aHiddenMessageIsDroppedAndTheNextComes() {
        BayeuxClient client = connect();
        deliver(client, "the probe: #undertone#");
        deliver(client, "hello");
        await().untilAsserted(
                        () -> assertThat(received).extracting(Message::getData).containsExactly("hello"));
        assertThat(hidden).hasSize(1);
        client.disconnect(5000);
    }

    @Test
    void aMessageAskedForIsHiddenInTheHandshakesReplyAndTheClientConnects() {
        bayeux.addListener((BayeuxServer.SessionListener) new BayeuxServer.SessionListener() {
            @Override
            public void sessionAdded(ServerSession session, ServerMessage message) {
                session.deliver(null, CHANNEL, "early #undertone#", Promise.noop());
            }
        });
        BayeuxClient client = connect();
        deliver(client, "hello");
        await().untilAsserted(
                        () -> assertThat(received).extracting(Message::getData).contains("hello"));
        assertThat(received).extracting(Message::getData).doesNotContain("early #undertone#");
        client.disconnect(5000);
    }

    @Test
    void aDeliveryOfGenesysIsEditedInside() {
        dialect = "auto";
        BayeuxClient client = connect();
        Map<String, Object> probe = Map.of("from", Map.of("type", "External"), "text", "#undertone#", "index", 4);
        Map<String, Object> greeting = Map.of("from", Map.of("type", "Agent"), "text", "hello", "index", 5);
        deliver(client, Map.of("messages", List.of(probe, greeting), "nextPosition", 6, "chatEnded", false));
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).getDataAsMap().get("nextPosition")).isEqualTo(6L);
        assertThat(String.valueOf(received.get(0).getDataAsMap().get("messages")))
                .contains("hello")
                .doesNotContain("undertone");
        client.disconnect(5000);
    }
}
