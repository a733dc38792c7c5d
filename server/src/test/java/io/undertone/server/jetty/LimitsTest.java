package io.undertone.server.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers may not do to the listener. */
class LimitsTest extends ServerTest {
    private final AtomicInteger reached = new AtomicInteger();

    private UndertoneServer start(String listen) throws Exception {
        int port = startUpstream((request, response) -> {
            reached.incrementAndGet();
            request.getInputStream().readAllBytes();
            response.getWriter().print("reached");
        });
        return startServer(listen, "routes: [{path: /, upstream: 'http://localhost:" + port + "'}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5~Transfer-Encoding: chunked~~0~~",
                "Transfer-Encoding: chunked~Content-Length: 5~~0~~",
                "Content-Length: 5~Content-Length: 6~~hello",
                "Content-Length: 5, 6~~hello",
                "Content-Length: +5~~hello",
                "Content-Length: -5~~hello",
                "Content-Length: 0x5~~hello",
                "Content-Length : 5~~hello",
                "Transfer-Encoding: chunked, identity~~0~~",
                "Transfer-Encoding: xchunked~~0~~",
                "Transfer-Encoding : chunked~~0~~",
                "X-Folded: a~ b~~",
                " X-Folded: a~~",
                "X-Nul: a\u0000b~~",
                "X-Bare: a\rb~~",
                "X-Bare-Line: a\nContent-Length: 5~~hello",
                "X(Bad): a~~",
                ": a~~",
                "Host: two~~",
                "Transfer-Encoding: chunked~~zz~hello~0~~",
                "Transfer-Encoding: chunked~~-5~hello~0~~",
                "Transfer-Encoding: chunked~~5\nhello~0~~",
                "Transfer-Encoding: chunked~~fffffffffffffffff~hello~0~~"
            })
    void whatTwoServersMightReadDifferentlyIsRefused(String headers) throws Exception {
        UndertoneServer server = start("");
        String hidden = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

        String reply =
                exchange(server.publicPort(), "POST / HTTP/1.1\r\nHost: x\r\n" + headers.replace("~", "\r\n") + hidden);

        assertThat(reply).startsWith("HTTP/1.1 400").doesNotContain("reached");
        assertThat(reply.split("HTTP/1.1 ", -1))
                .as("one answer, and the connection is closed")
                .hasSize(2);
    }

    @Test
    void aHeaderBeyondTheLimitIsRefused() throws Exception {
        UndertoneServer server = start(", limits: {headerBytes: 2000}");

        assertThat(exchange(server.publicPort(), "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(3000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(exchange(
                        server.publicPort(),
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "a".repeat(1000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void anAddressHasNoMoreConnectionsThanItMay() throws Exception {
        UndertoneServer server = start(", limits: {connectionsPerAddress: 2}");
        try (Socket first = connect(server)) {
            try (Socket second = connect(server);
                    Socket third = connect(server)) {
                assertThat(served(first)).isTrue();
                assertThat(served(second)).isTrue();
                assertThat(served(third)).isFalse();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try (Socket again = connect(server)) {
                    return served(again);
                }
            });
        }
    }

    @Test
    void aTrustedProxyHasAnyNumberOfConnections() throws Exception {
        UndertoneServer server = start(", trustedProxies: [127.0.0.0/8], limits: {connectionsPerAddress: 1}");
        try (Socket first = connect(server);
                Socket second = connect(server)) {
            assertThat(served(first)).isTrue();
            assertThat(served(second)).isTrue();
        }
    }

    @Test
    void beyondAllConnectionsTheNextWaitsForOneToClose() throws Exception {
        UndertoneServer server = start(", limits: {connections: 2}");
        try (Socket first = connect(server);
                Socket second = connect(server)) {
            assertThat(served(first)).isTrue();
            assertThat(served(second)).isTrue();
            try (Socket third = connect(server)) {
                ask(third);
                first.close();
                assertThat(third.getInputStream().read()).isEqualTo('H');
            }
        }
    }

    private static Socket connect(UndertoneServer server) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.publicPort()), 20_000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    }

    private static boolean served(Socket socket) {
        try {
            ask(socket);
            return socket.getInputStream().read() == 'H';
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        UndertoneServer server = start(", limits: {idleTimeout: 200ms}");
        try (Socket silent = connect(server);
                Socket slow = connect(server)) {
            slow.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab".getBytes(US_ASCII));

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(new String(slow.getInputStream().readAllBytes(), UTF_8)).doesNotContain("reached");
        }
    }

    @Test
    void aHeadThatDripsIsCutOffAndOneInPiecesIsNot() throws Exception {
        UndertoneServer server = start(", limits: {idleTimeout: 500ms}");
        try (Socket dripping = connect(server)) {
            OutputStream head = dripping.getOutputStream();
            head.write("GET / HTTP/1.1\r\nHost: x\r\nX: ".getBytes(US_ASCII));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try {
                    head.write('a');
                    return false;
                } catch (IOException cutOff) {
                    return true;
                }
            });
        }
        try (Socket inPieces = connect(server)) {
            inPieces.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(US_ASCII));
            inPieces.getOutputStream().flush();
            inPieces.getOutputStream().write("st: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(inPieces.getInputStream().read()).isEqualTo('H');
        }
        assertThat(reached).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    })
    void aNetworkOfVersionSixIsOneAddress(String address, String counted) throws Exception {
        assertThat(ConnectionsPerAddress.network(InetAddress.getByName(address)))
                .isEqualTo(InetAddress.getByName(counted));
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of one stream is not asked
    void aClientThatResetsStreamAfterStreamIsSentAway() throws Exception {
        UndertoneServer server = start("");
        HTTP2Client client = new HTTP2Client();
        client.start();
        started.push(client::stop);
        CompletableFuture<Integer> sentAway = new CompletableFuture<>();
        Session session = client.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.publicPort()),
                        new Session.Listener() {
                            @Override
                            public void onGoAway(Session connection, GoAwayFrame frame) {
                                sentAway.complete(frame.getError());
                            }
                        })
                .get(20, TimeUnit.SECONDS);
        MetaData.Request request = new MetaData.Request(
                "GET",
                HttpURI.from("http://localhost:" + server.publicPort() + "/"),
                HttpVersion.HTTP_2,
                HttpFields.EMPTY);
        for (int count = 0; count < 1_000 && !sentAway.isDone() && !session.isClosed(); count++) {
            session.newStream(new HeadersFrame(request, null, true), new Stream.Listener() {})
                    .thenAccept(stream -> stream.reset(
                            new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP));
        }

        assertThat(sentAway.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code);
    }

    @Test
    void theAccessLogHasNoQuery() throws Exception {
        UndertoneServer server = start(", accessLog: " + directory.resolve("access.log"));

        exchange(
                server.publicPort(),
                "GET /genesys/2/chat/c1?secureKey=hush HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        exchange(server.managementPort(), "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Files.readString(directory.resolve("access.log")))
                        .matches("127\\.0\\.0\\.1 \\[\\S+Z] \"GET /genesys/2/chat/c1 HTTP/1.1\" 200 \\d+ \\d+\n"));
    }
}
