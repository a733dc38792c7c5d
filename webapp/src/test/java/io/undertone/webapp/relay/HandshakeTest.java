package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeTest extends SocketTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";

    /** Sends the head of a request for a WebSocket, and returns that of the reply. */
    private static String handshake(URI address, String path, String headers) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: chat.example\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade, X-Hop\r\nX-Hop: 1\r\n" + headers + "\r\n";
        return exchange(address.getPort(), socket -> {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        });
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theServersAnswerIsTheCustomers(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.TOMCAT), "auto", "");

        String reply = handshake(
                through,
                "/talk?alias=1",
                KEY + VERSION + "Origin: http://shop\r\nAuthorization: Basic eA==\r\n"
                        + "X-Forwarded-For: 6.6.6.6\r\nSec-WebSocket-Protocol: other, chat.v2\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");

        assertThat(reply)
                .startsWith("HTTP/1.1 101")
                .containsOnlyOnce("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .containsOnlyOnce("Sec-WebSocket-Protocol: chat.v2")
                .containsOnlyOnce("Sec-WebSocket-Extensions: permessage-deflate")
                .contains("Set-Cookie: session=1; Path=/", "Set-Cookie: node=b");
        Map<String, List<String>> asked = server.handshakes.take();
        assertThat(asked.get("Origin")).containsExactly("http://shop");
        assertThat(asked.get("Authorization")).containsExactly("Basic eA==");
        assertThat(asked.get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(asked.get("X-Forwarded-Host")).containsExactly("chat.example");
        assertThat(asked.get("Via")).containsExactly("1.1 undertone");
        assertThat(asked.get("Sec-WebSocket-Extensions")).containsExactly("permessage-deflate");
        assertThat(asked).doesNotContainKey("X-Hop");
        await().untilAsserted(() -> assertThat(openSockets()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void compressionIsAskedForWhereTheCustomerDoes(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.TOMCAT), "auto", "");

        String reply = handshake(through, "/talk", KEY + VERSION);

        assertThat(reply)
                .startsWith("HTTP/1.1 101")
                .doesNotContain("Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol");
        assertThat(server.handshakes.take()).doesNotContainKey("Sec-WebSocket-Extensions");
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY,401", "JETTY,403", "JETTY,404", "JETTY,503",
        "TOMCAT,401", "TOMCAT,403", "TOMCAT,404", "TOMCAT,503"
    })
    void theServersRefusalIsTheCustomers(Container container, int status) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"chat\"");
            response.setHeader("X-Internal", "secret");
            response.setStatus(status);
            response.getOutputStream().print("internal words");
        });
        URI through = startProxy(container, upstream, "auto", "");

        assertThat(handshake(through, "/talk", KEY + VERSION))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "WWW-Authenticate: Basic realm=\"chat\"")
                .doesNotContain("internal", "secret");
        assertThat(openSockets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsHiddenIsInNoHeaderOfAHandshake(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.TOMCAT), "auto", "");

        String reply = handshake(through, "/talk?cookie=say%3D%2523U%2523", KEY + VERSION);

        assertThat(reply)
                .startsWith("HTTP/1.1 101")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Set-Cookie: node=b")
                .doesNotContainIgnoringCase("%23u")
                .doesNotContain("say=");
        assertThat(count("undertone.payloads.unreadable", "reason", "keyword_in_header", "outcome", "withheld"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsHiddenIsInNoHeaderOfARefusal(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"ask #u#\"");
            response.setHeader("Set-Cookie", "node=b");
            response.setStatus(401);
        });

        assertThat(handshake(startProxy(container, upstream, "auto", ""), "/talk", KEY + VERSION))
                .startsWith("HTTP/1.1 401")
                .contains("Set-Cookie: node=b")
                .doesNotContain("WWW-Authenticate", "#u#");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aServerWithoutWebSocketsIsABadGateway(Container container) throws Exception {
        URI upstream =
                startUpstream((request, response) -> response.getOutputStream().print("a page"));

        assertThat(handshake(startProxy(container, upstream, "auto", ""), "/talk", KEY + VERSION))
                .startsWith("HTTP/1.1 502");
        assertThat(openSockets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aServerThatIsGoneIsABadGateway(Container container) throws Exception {
        int nobody;
        try (ServerSocket closedSoon = new ServerSocket(0)) {
            nobody = closedSoon.getLocalPort();
        }
        URI through = startProxy(container, address(nobody, "ws"), "auto", "");

        assertThat(handshake(through, "/talk", KEY + VERSION)).startsWith("HTTP/1.1 502");
        assertThat(openSockets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aHandshakeThatIsNoneTroublesNoServer(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");

        assertThat(handshake(through, "/talk", KEY + "Sec-WebSocket-Version: 8\r\n"))
                .startsWith("HTTP/1.1 426")
                .contains("Sec-WebSocket-Version: 13");
        assertThat(handshake(through, "/talk", VERSION)).startsWith("HTTP/1.1 400");
        assertThat(handshake(through, "/talk", VERSION + "Sec-WebSocket-Key: short\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(handshake(through, "/talk?alias=1|2", KEY + VERSION)).startsWith("HTTP/1.1 400");
        assertThat(server.handshakes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void nothingIsOpenedWhileTheNodeGoesAway(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        application().drain();

        assertThat(handshake(through, "/talk", KEY + VERSION))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aHandshakeThatIsUnderWayWhenTheNodeGoesAwayIsSentElsewhere(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), "auto", "");
        server.meanwhile = () -> application().drain();

        assertThat(handshake(through, "/talk", KEY + VERSION))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1");
        assertThat(server.closes.poll(20, TimeUnit.SECONDS)).startsWith("1006");
        assertThat(openSockets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theNextServerIsAskedWhereNoConnectionStands(Container container) throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        URI upstream = startServer(Container.JETTY);
        String both = "['http://localhost:" + nobody + "', 'http://localhost:" + upstream.getPort() + "']";
        URI through = startProxy(container, both + ", preserveHost: true", "");

        for (int count = 0; count < 5; count++) {
            assertThat(handshake(through, "/talk?alias=" + count, KEY + VERSION))
                    .startsWith("HTTP/1.1 101");
            assertThat(server.handshakes.take().get("Host")).containsExactly("chat.example");
        }
    }
}
