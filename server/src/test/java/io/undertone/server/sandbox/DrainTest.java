package io.undertone.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two nodes stops while a CometD client waits at it for news, and the client goes on at the other. */
class DrainTest {
    private static final AgentPace ASLEEP = new AgentPace(Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
    /** Nobody waits this long for a connect that nothing ends. */
    private static final Duration HOLD = Duration.ofHours(1);

    private CentreUnderTest centre;
    private UndertoneServer stopping;
    private UndertoneServer staying;
    private Balanced balanced;

    /** Goes to the node that a load balancer would choose, and waits as long as it has none. */
    private static final class Balanced extends HttpClient {
        private volatile URI node;
        private volatile CountDownLatch isChosen = new CountDownLatch(0);
        /** Requests that are sent, and to which no answer has begun. */
        private final AtomicInteger unanswered = new AtomicInteger();

        Balanced(URI node) {
            this.node = node;
        }

        void chooseNone() {
            isChosen = new CountDownLatch(1);
        }

        void choose(URI next) {
            node = next;
            isChosen.countDown();
        }

        @Override
        public Request newRequest(URI uri) {
            try {
                assertThat(isChosen.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return super.newRequest(node.resolve(uri.getRawPath()))
                    .onRequestSuccess(request -> unanswered.incrementAndGet())
                    .onResponseBegin(response -> unanswered.decrementAndGet());
        }
    }

    @BeforeEach
    void start() throws Exception {
        centre = new CentreUnderTest(ASLEEP, HOLD);
        stopping = node();
        staying = node();
        balanced = new Balanced(address(stopping));
        balanced.start();
    }

    @AfterEach
    void stop() throws Exception {
        balanced.stop();
        stopping.close();
        centre.close();
        staying.close();
    }

    private UndertoneServer node() throws Exception {
        UndertoneConfig config =
                ConfigReader.parse("""
                listen: {host: 127.0.0.1, port: 0}
                management: {port: 0, token: t0ken}
                routes: [{path: /, upstream: "%s"}]
                keywords: [{text: "#undertone#"}]
                drain: {timeout: 1h}
                store: {url: "jdbc:h2:mem:"}
                """.formatted(centre.sandbox().gms()), Map.of());
        return UndertoneServer.start(
                config, new UndertoneApplication(config, ManagementToken.obtain(config.management())));
    }

    private static URI address(UndertoneServer node) {
        return URI.create("http://127.0.0.1:" + node.publicPort());
    }

    private CometDCustomer customer() {
        return new CometDCustomer(address(stopping), new JettyHttpClientTransport(new HashMap<>(), balanced));
    }

    private void mara(CometDCustomer ann, String text) throws Exception {
        String server =
                centre.interaction(ann.chatId()).path("ChatServerAppName").asString();
        centre.esp(server, "Message", ann.chatId(), "\"Nickname\":\"Mara\",\"MessageText\":\"" + text + "\"");
    }

    /** When a message has come, the client asks for the next, a moment later. */
    private void awaitHeldConnect(CometDCustomer ann) throws Exception {
        mara(ann, "hello");
        ann.awaitPosition(4);
        await().until(() -> balanced.unanswered.get() == 1);
    }

    @Test
    void aConnectThatAcknowledgesIsAnsweredAtOnceAndWhatIsSaidMeanwhileComesAtTheOtherNode() throws Exception {
        CometDCustomer customer = customer();
        customer.client().addExtension(new AckExtension());
        try (CometDCustomer ann = customer.requestChat()) {
            awaitHeldConnect(ann);
            int connects = ann.connects();
            balanced.chooseNone();

            stopping.close();
            await().until(() -> ann.connects() > connects);
            mara(ann, "are you there?");
            balanced.choose(address(staying));

            ann.awaitPosition(5);
            assertThat(ann.lines()).endsWith("External Mara Message: hello", "External Mara Message: are you there?");
            assertThat(ann.handshakes()).isEqualTo(1);
            mara(ann, "goodbye");
            ann.awaitPosition(6);
            assertThat(ann.lines()).endsWith("External Mara Message: are you there?", "External Mara Message: goodbye");
        }
    }

    @Test
    void aConnectThatDoesNotIsAnsweredByTheChatServer() throws Exception {
        try (CometDCustomer ann = customer().requestChat()) {
            awaitHeldConnect(ann);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
            await().until(() -> stopping.publicPort() < 0);
            assertThat(stopped).isNotDone();
            balanced.choose(address(staying));
            mara(ann, "are you there?");

            ann.awaitPosition(5);
            stopped.get(60, TimeUnit.SECONDS);
            mara(ann, "goodbye");
            ann.awaitPosition(6);
            assertThat(ann.lines()).endsWith("External Mara Message: are you there?", "External Mara Message: goodbye");
            assertThat(ann.handshakes()).isEqualTo(1);
        }
    }
}
