package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends that vanish, fall silent, say too much or do not listen. */
class BrokenSocketTest extends SocketTest {
    @ParameterizedTest
    @EnumSource(Container.class)
    void aServerThatDiesIsAServersError(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        SocketClient.Talk talk = open(SocketClient.JDK, through, "/talk");

        talk.say("die");

        assertThat(talk.hear()).isEqualTo("close 1011 ");
        await().untilAsserted(() -> assertThat(openSockets()).isZero());
        SocketClient.Talk again = open(SocketClient.JDK, through, "/talk");
        again.say("hello");
        assertThat(again.hear()).isEqualTo("text hello");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aServerThatStopsIsHeardAsItIsDirectly(Container upstream) throws Exception {
        Container.Running stopping = upstream.start(1, server::deploy);
        URI direct = address(stopping.port(), "ws");
        SocketClient.Talk directly = open(SocketClient.JDK, direct, "/talk");
        SocketClient.Talk through = open(SocketClient.JDK, startProxy(Container.JETTY, direct, "auto", ""), "/talk");
        await().until(() -> server.sessions.size() == 2);

        stopping.close();

        // A connection that breaks cannot be broken towards a customer.
        assertThat(through.hear()).isEqualTo(directly.hear().replace("close 1006", "close 1011"));
        await().untilAsserted(() -> assertThat(openSockets()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCustomerThatVanishesHasVanishedForTheServer(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        SocketClient.Talk talk = open(SocketClient.JETTY, through, "/talk");
        talk.say("hello");
        assertThat(talk.hear()).isEqualTo("text hello");

        talk.vanish();

        assertThat(server.closes.poll(20, TimeUnit.SECONDS)).startsWith("1006");
        // The vanished client may complain in a thread of its own that it can read no more.
        await().dontCatchUncaughtExceptions()
                .untilAsserted(() -> assertThat(openSockets()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void bothEndsAreToldThatTheNodeGoesAway(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        SocketClient.Talk talk = open(SocketClient.TOMCAT, through, "/talk");
        talk.say("hello");
        assertThat(talk.hear()).isEqualTo("text hello");

        application().drain();

        assertThat(talk.hear()).startsWith("close 1001");
        assertThat(server.closes.poll(20, TimeUnit.SECONDS)).startsWith("1001");
        assertThat(openSockets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aMessageThatIsTooLargeToBeJudgedClosesTheSocket(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "webSocket: {maxMessageBytes: 1000}");
        // It asks for compression: what counts is the size behind it.
        SocketClient.Talk talk = open(SocketClient.JETTY, through, "/talk");

        talk.say("large 1000");
        assertThat(talk.hear()).isEqualTo("text " + "x".repeat(1000));
        talk.say("large 1001");

        assertThat(talk.hear()).startsWith("close 1009");
        await().untilAsserted(() -> assertThat(openSockets()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whoeverAnswersPingsIsNeverIdleAndWhoeverDoesNotIsGone(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "webSocket: {idleTimeout: 400ms}");
        SocketClient.Talk quiet = open(SocketClient.JDK, through, "/talk");
        try (Socket silent = rawSocket(through)) {
            assertThat(silent.isConnected()).isTrue();
            await().until(() -> openSockets() == 2);
            await().until(() -> openSockets() == 1);
        }

        quiet.say("still here");

        assertThat(quiet.hear()).isEqualTo("text still here");
        assertThat(server.closes.poll(20, TimeUnit.SECONDS)).startsWith("1006");
        assertThat(openSockets()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aBurstArrivesWholeAndInOrderWhilePingsAreSent(Container container) throws Exception {
        int messages = 20_000;
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "webSocket: {idleTimeout: 1s}");
        SocketClient.Talk talk = open(SocketClient.JETTY, through, "/talk");

        talk.say("burst " + messages);

        for (int count = 0; count < messages; count++) {
            assertThat(talk.hear()).isEqualTo("text " + count);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCustomerThatNeverTakesAMessageIsGone(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "webSocket: {idleTimeout: 400ms}");
        try (Socket deaf = rawSocket(through)) {
            assertThat(deaf.isConnected()).isTrue();
            await().until(() -> !server.sessions.isEmpty());
            Session session = server.sessions.iterator().next();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                String message = "x".repeat(500_000);
                try {
                    while (session.isOpen()) {
                        session.getBasicRemote().sendText(message);
                    }
                } catch (IOException gone) {
                    // As it has to end.
                }
            });

            await().until(() -> openSockets() == 0);
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    private static Socket rawSocket(URI address) throws IOException {
        Socket socket = new Socket("localhost", address.getPort());
        socket.setSoTimeout(60_000);
        String request = """
                GET /talk HTTP/1.1
                Host: chat
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        InputStream input = socket.getInputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = input.read();
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return socket;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCustomerThatDoesNotReadHoldsTheServerBack(Container container) throws Exception {
        int messages = 1_000;
        String message = "x".repeat(500_000);
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        CountDownLatch heard = new CountDownLatch(messages);
        WebSocket reader = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(through.resolve("/talk"), new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket opened) {
                        // Asks for nothing yet.
                    }

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        if (last) {
                            heard.countDown();
                        }
                        webSocket.request(1);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        await().until(() -> !server.sessions.isEmpty());
        Session session = server.sessions.iterator().next();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            for (int count = 0; count < messages; count++) {
                try {
                    session.getBasicRemote().sendText(message);
                } catch (IOException gone) {
                    throw new IllegalStateException(gone);
                }
                sent.incrementAndGet();
            }
        });

        // Half a gigabyte would not fit into this JVM's heap beside all else; what was sent is in the sockets' own
        // buffers.
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(new Unchanged(sent));
        assertThat(sent.get()).isLessThan(messages / 10);
        reader.request(1);

        sending.get(60, TimeUnit.SECONDS);
        assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
        reader.abort();
    }

    /** Whether a number is what it was when it was last asked for. */
    private static final class Unchanged implements Callable<Boolean> {
        private final AtomicInteger number;
        private int last = -1;

        Unchanged(AtomicInteger number) {
            this.number = number;
        }

        @Override
        public Boolean call() {
            int now = number.get();
            boolean same = now == last;
            last = now;
            return same;
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void fiveHundredSocketsComeAndGoWithoutATrace(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        List<WebSocket> sockets = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        for (int batch = 0; batch < 10; batch++) {
            List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
            for (int count = 0; count < 50; count++) {
                opening.add(
                        client.newWebSocketBuilder().buildAsync(through.resolve("/talk"), new WebSocket.Listener() {}));
            }
            for (CompletableFuture<WebSocket> one : opening) {
                sockets.add(one.get(20, TimeUnit.SECONDS));
            }
        }
        assertThat(openSockets()).isEqualTo(500);
        await().untilAsserted(() -> assertThat(server.sessions).hasSize(500));

        sockets.forEach(WebSocket::abort);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(openSockets()).isZero();
            assertThat(server.sessions).isEmpty();
        });
    }
}
