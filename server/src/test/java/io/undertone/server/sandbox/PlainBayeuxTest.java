package io.undertone.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.client.BayeuxClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Bayeux server that delivers messages in its reply to a handshake, which tells in advance how many there are. */
class PlainBayeuxTest {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final String NEWS = "/news";

    @TempDir
    private Path directory;

    private PlainBayeuxServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PlainBayeuxServer(Duration.ofMillis(300), Duration.ofSeconds(10));
        server.bayeux().addListener(new BayeuxServer.SessionListener() {
            @Override
            public void sessionAdded(ServerSession session, ServerMessage message) {
                session.deliver(null, NEWS, "early #undertone#", Promise.noop());
                session.deliver(null, NEWS, "welcome", Promise.noop());
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    static Stream<Arguments> everyWay() {
        return CometDFrontTest.everyWayInThisProcess();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void hiddenMessagesAreDroppedAlsoFromTheReplyToAHandshake(Deployment deployment, CometDTransport transport)
            throws Exception {
        List<Object> read = new CopyOnWriteArrayList<>();
        List<Message> handshakes = new CopyOnWriteArrayList<>();
        try (Deployment.Running running = deployment.start(server.address(), "bayeux", directory)) {
            BayeuxClient client = new BayeuxClient(running.customers() + "/genesys/cometd", transport.open());
            client.getChannel(Channel.META_HANDSHAKE)
                    .addListener((ClientSessionChannel.MessageListener) (channel, message) -> handshakes.add(message));
            client.getChannel(NEWS).addListener((ClientSessionChannel.MessageListener) (channel, message) -> {
                if (message.getData() != null) {
                    read.add(message.getData());
                }
            });
            client.handshake(hello -> client.getChannel(NEWS).subscribe((channel, message) -> {}));
            assertThat(client.waitFor(PATIENCE_MILLIS, BayeuxClient.State.CONNECTED))
                    .isTrue();
            await().until(() -> !server.bayeux()
                    .createChannelIfAbsent(NEWS)
                    .getReference()
                    .getSubscribers()
                    .isEmpty());
            server.bayeux().getChannel(NEWS).publish(null, "later #undertone#", Promise.noop());
            server.bayeux().getChannel(NEWS).publish(null, "the end", Promise.noop());
            await().until(() -> read.contains("the end"));
            client.disconnect(PATIENCE_MILLIS);
        }
        boolean direct = deployment == Deployment.DIRECT;
        assertThat(read)
                .containsExactlyElementsOf(
                        direct
                                ? List.of("early #undertone#", "welcome", "later #undertone#", "the end")
                                : List.of("welcome", "the end"));
        // Over a WebSocket the messages follow in frames of their own, and nobody need wait for them.
        long awaited = direct ? 2 : transport.isHttp() ? 1 : 0;
        assertThat(handshakes).extracting(message -> message.get("x-messages")).containsExactly(awaited);
    }
}
