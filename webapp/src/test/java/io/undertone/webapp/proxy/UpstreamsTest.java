package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.Container;
import io.undertone.webapp.config.DialectCatalogue;
import io.undertone.webapp.config.RouteConfig;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamsTest extends ChatProxyTest {
    private static final ClientAddresses LOOPBACK_TRUSTED = new ClientAddresses(List.of("127.0.0.0/8", "::1"));

    private final AtomicLong nanoTime = new AtomicLong();

    /** Upstreams that answer with their own number. */
    private List<URI> startNumbered(int count) throws Exception {
        List<URI> upstreams = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String name = String.valueOf(number);
            upstreams.add(startUpstream((request, response) -> {
                request.getInputStream().readAllBytes();
                if (request.getParameter("begin") != null) {
                    response.addCookie(new Cookie(request.getParameter("begin"), "s" + name));
                }
                response.getOutputStream().write(name.getBytes(UTF_8));
            }));
        }
        return upstreams;
    }

    /** The port is kept, so that nobody else is given it, until somebody listens there on purpose. */
    private URI nobody() throws IOException {
        Socket kept = new Socket();
        stopLater(kept);
        kept.setReuseAddress(true);
        kept.bind(new InetSocketAddress(0));
        return URI.create("http://localhost:" + kept.getLocalPort());
    }

    private int start(Container container, List<URI> upstreams) throws Exception {
        RouteTable routes = new RouteTable(
                List.of(RouteConfig.of("/", upstreams.toArray(URI[]::new))),
                DialectCatalogue.BUILT_IN,
                LOOPBACK_TRUSTED,
                nanoTime::get,
                meters);
        return startProxy(container, routes, LOOPBACK_TRUSTED, Duration.ofSeconds(20))
                .port();
    }

    private static HttpRequest from(int client, int port, String path, String... headers) {
        HttpRequest.Builder request = request(port, path).header("X-Forwarded-For", "192.0.2." + client);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private String send(HttpRequest request) throws Exception {
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        return reply.body();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void clientsAreSpreadAndEachStaysWhereItBegan(Container container) throws Exception {
        int port = start(container, startNumbered(3));
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        for (int number = 0; number < 30; number++) {
            first.add(send(from(number, port, "/2/chat/sales")));
            second.add(send(from(number, port, "/2/chat/sales/chat-" + number + "/refresh")));
        }

        assertThat(second).isEqualTo(first);
        assertThat(first).contains("0", "1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY, /2/chat/sales/0001/refresh, ''",
        "JETTY, /cometd, BAYEUX_BROWSER=s",
        "JETTY, /app, JSESSIONID=s",
        "JETTY, /app?alias=117&x=1, ''",
        "TOMCAT, /2/chat/sales/0001/refresh, ''",
        "TOMCAT, /cometd, BAYEUX_BROWSER=s"
    })
    void aSessionStaysWithItsUpstreamWhereverItsClientGoes(Container container, String path, String cookie)
            throws Exception {
        int port = start(container, startNumbered(3));
        String owner = send(from(1, port, path, "Cookie", "x=y; " + cookie));

        assertThat(IntStream.range(2, 20)
                        .mapToObj(number -> from(number, port, path, "Cookie", cookie + "; x=z"))
                        .map(this::sendUnchecked))
                .containsOnly(owner);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCookieThatAnAnswerSetsLeadsBackToItsUpstream(Container container) throws Exception {
        int port = start(container, startNumbered(3));
        String owner = send(from(1, port, "/cometd?begin=BAYEUX_BROWSER"));

        assertThat(IntStream.range(2, 20)
                        .mapToObj(number -> from(number, port, "/cometd", "Cookie", "BAYEUX_BROWSER=s" + owner))
                        .map(this::sendUnchecked))
                .containsOnly(owner);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            /2/chat/sales                  | {"statusCode":0,"messages":[{"text":"hello"}],"chatId":"%s"} | /2/chat/sales/%s/refresh
            /1/service/request-chat        | {"_id" : "%s"}                                               | /1/service/%s/ixn/chat
            /v3/directline/conversations   | {"conversationId":"%s","token":"t"}                          | /v3/directline/conversations/%s/activities
            /v3/directline/tokens/generate | {"conversationId":"%s","token":"t"}                          | /v3/directline/conversations/%s
            """)
    void aChatThatAnAnswerBeginsStaysWithItsUpstreamWhereverItsClientGoes(String first, String answer, String next)
            throws Exception {
        List<URI> upstreams = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            String name = "chat-" + number;
            upstreams.add(startUpstream((request, response) -> {
                response.setContentType("application/json");
                if (!"identity".equals(request.getHeader("Accept-Encoding"))
                        && request.getRequestURI().equals(first)) {
                    throw new IOException("a reply that is looked into is asked for without a coding");
                }
                String reply = answer.formatted(name);
                response.getOutputStream().print(reply.substring(0, reply.length() / 2));
                response.flushBuffer();
                response.getOutputStream().print(reply.substring(reply.length() / 2));
            }));
        }
        int port = start(Container.JETTY, upstreams);
        for (int number = 0; number < 10; number++) {
            String begun = send(from(number, port, first));
            String chat = begun.replaceFirst(".*(chat-\\d).*", "$1");

            // From elsewhere, so that the client's address leads to another.
            assertThat(send(from(100 + number, port, next.formatted(chat)))).isEqualTo(begun);
        }
    }

    private String sendUnchecked(HttpRequest request) {
        try {
            return send(request);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theNextIsTriedWhereNoConnectionStandsAndTheBodyArrivesWhole(Container container) throws Exception {
        List<URI> upstreams = new ArrayList<>(List.of(nobody(), nobody()));
        upstreams.add(
                startUpstream((request, response) -> request.getInputStream().transferTo(response.getOutputStream())));
        int port = start(container, upstreams);
        String message = "secureKey=k&message=" + "hello ".repeat(20_000);

        for (int number = 0; number < 60; number++) {
            HttpRequest request = request(port, "/2/chat/sales/c" + number + "/send")
                    .header("X-Forwarded-For", "192.0.2." + number)
                    .POST(HttpRequest.BodyPublishers.ofString(message))
                    .build();
            assertThat(send(request)).isEqualTo(message);
        }
        assertThat(metric("undertone.upstream.requests", upstreams.get(2), "outcome", "answered"))
                .isEqualTo(60);
        assertThat(metric("undertone.upstream.healthy", upstreams.get(0))).isZero();
        assertThat(metric("undertone.upstream.healthy", upstreams.get(2))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aMessageThatMayHaveBeenReadIsNeverSentAgain(Container container) throws Exception {
        RawUpstream reading = stopLater(RawUpstream.start(RawUpstream::readHead));
        RawUpstream resetting = stopLater(RawUpstream.start(socket -> {
            assertThat(socket.getInputStream().read()).isEqualTo('P');
            socket.setSoLinger(true, 0);
        }));
        int port = start(container, List.of(reading.url(), resetting.url()));

        for (int number = 0; number < 10; number++) {
            HttpRequest request = request(port, "/2/chat/sales/c" + number + "/send")
                    .header("X-Forwarded-For", "192.0.2." + number)
                    .POST(HttpRequest.BodyPublishers.ofString("message=hello"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(502);
        }
        assertThat(reading.connections() + resetting.connections()).isEqualTo(10);
    }

    /** What is left of its body would be taken for the next request (RFC 9112 section 9.3). */
    @ParameterizedTest
    @EnumSource(Container.class)
    void aReplyToARequestThatIsNotReadToItsEndIsTheLastOnItsConnection(Container container) throws Exception {
        RawUpstream failing = stopLater(RawUpstream.start(RawUpstream::readHead));
        RawUpstream early = stopLater(
                RawUpstream.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        for (RawUpstream upstream : List.of(failing, early)) {
            int port = start(container, List.of(upstream.url()));
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write("POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n".getBytes(UTF_8));

                assertThat(RawUpstream.readHead(socket))
                        .containsPattern("^HTTP/1.1 (502|403)")
                        .containsIgnoringCase("\r\nConnection: close\r\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamThatFailsIsTriedLastUntilItsTimeHasCome(Container container) throws Exception {
        URI gone = nobody();
        List<URI> upstreams = List.of(gone, startNumbered(1).get(0));
        int port = start(container, upstreams);
        for (int number = 0; number < 40; number++) {
            send(from(number, port, "/"));
        }
        assertThat(metric("undertone.upstream.requests", gone, "outcome", "unreachable"))
                .isEqualTo(3);

        try (RawUpstream back = RawUpstream.start(gone.getPort(), socket -> {
            RawUpstream.readHead(socket);
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nback".getBytes(UTF_8));
        })) {
            nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
            List<String> replies = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                replies.add(send(from(number, port, "/")));
            }
            assertThat(replies).contains("back");
            assertThat(back.connections()).isPositive();
            assertThat(metric("undertone.upstream.healthy", gone)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whereAllAreThoughtIllAllAreTriedStill(Container container) throws Exception {
        URI one = nobody();
        URI other = nobody();
        int port = start(container, List.of(one, other));
        for (int number = 0; number < 5; number++) {
            assertThat(get(port, "/").statusCode()).isEqualTo(502);
        }

        try (RawUpstream back = RawUpstream.start(other.getPort(), socket -> {
            RawUpstream.readHead(socket);
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nback".getBytes(UTF_8));
        })) {
            assertThat(get(port, "/").body()).isEqualTo("back");
            assertThat(back.connections()).isEqualTo(1);
        }
    }
}
