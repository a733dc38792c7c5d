package io.undertone.server.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.server.Curl;
import io.undertone.webapp.config.LimitsConfig;
import io.undertone.webapp.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same exchange over each version of HTTP on either side, in plain text and over TLS. */
class HttpVersionsTest extends ServerTest {
    private static final String TRANSCRIPT = "{\"statusCode\":0,\"messages\":["
            + "{\"from\":{\"nickname\":\"Ann\",\"participantId\":2,\"type\":\"Agent\"},\"index\":1,\"type\":\"Message\",\"text\":\"hello\"},"
            + "{\"from\":{\"nickname\":\"w\",\"participantId\":3,\"type\":\"External\"},\"index\":2,\"type\":\"Message\",\"text\":\"#undertone#\"}"
            + "],\"nextPosition\":3,\"chatEnded\":false}";

    @TempDir
    private static Path keys;

    private static Certificates certificates;
    private static Path keyStore;

    /** How one of the two legs is spoken. */
    enum Leg {
        HTTP_1(false, HttpVersion.HTTP_1_1, "auto"),
        H2C(false, HttpVersion.HTTP_2, "always"),
        HTTPS_1(true, HttpVersion.HTTP_1_1, "never"),
        H2(true, HttpVersion.HTTP_2, "auto");

        final boolean tls;
        final HttpVersion version;
        /** What a route says to its upstream. */
        final String http2;

        Leg(boolean tls, HttpVersion version, String http2) {
            this.tls = tls;
            this.version = version;
            this.http2 = http2;
        }

        String scheme() {
            return tls ? "https" : "http";
        }
    }

    static Stream<Arguments> legs() {
        return Stream.of(Leg.values())
                .flatMap(customers -> Stream.of(Leg.values()).map(upstream -> Arguments.of(customers, upstream)));
    }

    @BeforeAll
    static void makeCertificates() {
        certificates = new Certificates(keys);
        keyStore = certificates.keyStore("server");
    }

    private UndertoneServer startBetween(Leg customers, Leg upstream, Upstream answering) throws Exception {
        int port = startUpstream(answering, server -> {
            ListenerTls tls = upstream.tls ? new ListenerTls("upstream", identity(), new SimpleMeterRegistry()) : null;
            if (tls != null) {
                started.push(tls);
            }
            return Connectors.make(server, "upstream", "127.0.0.1", 0, tls, LimitsConfig.DEFAULT);
        });
        return startServer(
                customers.tls ? ", tls: {keyStore: " + keyStore + ", password: " + Certificates.PASSWORD + "}" : "",
                "routes: [{path: /genesys, upstream: '" + upstream.scheme() + "://localhost:" + port + "', http2: "
                        + upstream.http2
                        + (upstream.tls ? ", tls: {trust: " + certificates.certificate(keyStore) + "}" : "")
                        + "}]");
    }

    private Identity identity() {
        return new Identity.PemFiles(certificates.certificate(keyStore), certificates.key(keyStore));
    }

    private HttpClient client(Leg leg) throws Exception {
        ClientConnector connector = new ClientConnector();
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(Certificates.trusting(certificates.certificate(keyStore)));
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(
                leg.version == HttpVersion.HTTP_2
                        ? new HttpClientTransportDynamic(
                                connector, new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)))
                        : new HttpClientTransportDynamic(connector, HttpClientConnectionFactory.HTTP11));
        client.start();
        started.push(client::stop);
        return client;
    }

    private static String address(Leg leg, UndertoneServer server) {
        return leg.scheme() + "://localhost:" + server.publicPort() + "/genesys/2/chat/support/c1/refresh";
    }

    @ParameterizedTest
    @MethodSource("legs")
    void aHiddenMessageIsHidden(Leg customers, Leg upstream) throws Exception {
        List<String> asked = new ArrayList<>();
        UndertoneServer server = startBetween(customers, upstream, (request, response) -> {
            asked.add(request.getProtocol() + " " + request.getHeader("X-Forwarded-Proto") + " "
                    + new String(request.getInputStream().readAllBytes(), UTF_8));
            response.setContentType("application/json");
            response.getOutputStream().write(TRANSCRIPT.getBytes(UTF_8));
        });

        ContentResponse reply = client(customers)
                .POST(address(customers, server))
                .body(new StringRequestContent("application/x-www-form-urlencoded", "transcriptPosition=1"))
                .send();

        assertThat(asked)
                .containsExactly(upstream.version.asString() + " " + customers.scheme() + " transcriptPosition=1");
        assertThat(reply.getVersion()).isEqualTo(customers.version);
        assertThat(reply.getContentAsString())
                .isEqualTo(TRANSCRIPT.substring(0, TRANSCRIPT.indexOf(",{\"from\":{\"nickname\":\"w\""))
                        + TRANSCRIPT.substring(TRANSCRIPT.indexOf("],\"nextPosition\"")));
    }

    @ParameterizedTest
    @MethodSource("legs")
    void anEventReachesTheCustomerBeforeTheUpstreamGoesOn(Leg customers, Leg upstream) throws Exception {
        CountDownLatch customerHasIt = new CountDownLatch(1);
        UndertoneServer server = startBetween(customers, upstream, (request, response) -> {
            response.setContentType("text/event-stream");
            response.getOutputStream().write(("data: " + TRANSCRIPT + "\n\n").getBytes(UTF_8));
            response.flushBuffer();
            customerHasIt.await(20, TimeUnit.SECONDS);
            response.getOutputStream().write("data: {\"messages\":[],\"nextPosition\":3}\n\n".getBytes(UTF_8));
        });

        InputStreamResponseListener listener = new InputStreamResponseListener();
        client(customers).newRequest(address(customers, server)).send(listener);
        try (BufferedReader events = new BufferedReader(new InputStreamReader(listener.getInputStream(), UTF_8))) {
            assertThat(events.readLine()).startsWith("data: ").contains("hello").doesNotContain("#undertone#");
            customerHasIt.countDown();
            assertThat(events.readLine()).isEmpty();
            assertThat(events.readLine()).isEqualTo("data: {\"messages\":[],\"nextPosition\":3}");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2C", "H2"})
    void aBrowserThatResetsAHeldPollIsKnownToBeGoneAtOnce(Leg customers) throws Exception {
        CountDownLatch isHeld = new CountDownLatch(1);
        CountDownLatch isOver = new CountDownLatch(1);
        started.push(isOver::countDown);
        UndertoneServer server = startBetween(customers, Leg.HTTP_1, (request, response) -> {
            isHeld.countDown();
            isOver.await();
        });
        Request poll = client(customers).newRequest(address(customers, server));
        poll.send(result -> {});
        isHeld.await();
        assertThat(signsOfCustomer(server)).contains("\"browser_gone\":false");

        var unused = poll.abort(new IOException("the page was closed"));

        await().untilAsserted(() -> assertThat(signsOfCustomer(server)).contains("\"browser_gone\":true"));
        await().untilAsserted(() -> assertThat(application
                        .meters()
                        .get("undertone.upstream.requests")
                        .tag("outcome", "broken_off")
                        .counter()
                        .count())
                .as("what the upstream was let go of")
                .isEqualTo(1));
        // There is nothing to wait for, although the upstream holds the poll.
        server.close();
        isOver.countDown();
    }

    private String signsOfCustomer(UndertoneServer server) throws Exception {
        return client(Leg.HTTP_1)
                .newRequest("http://localhost:" + server.managementPort()
                        + "/api/v1/probe?ChatServerAppName=A&InteractionId=c1")
                .headers(headers -> headers.add("Authorization", "Bearer t0ken"))
                .send()
                .getContentAsString();
    }

    @ParameterizedTest
    @EnumSource(Leg.class)
    void cookiesThatComeApartGoOnAsOne(Leg upstream) throws Exception {
        List<String> cookies = new ArrayList<>();
        UndertoneServer server = startBetween(Leg.H2C, upstream, (request, response) -> request.getHeaders("Cookie")
                .asIterator()
                .forEachRemaining(cookies::add));

        client(Leg.H2C)
                .newRequest(address(Leg.H2C, server))
                .headers(headers -> headers.add("Cookie", "BAYEUX_BROWSER=1").add("Cookie", "JSESSIONID=2"))
                .send();

        assertThat(cookies).containsExactly("BAYEUX_BROWSER=1; JSESSIONID=2");
    }

    @ParameterizedTest
    @EnumSource(Leg.class)
    void curlIsServed(Leg customers) throws Exception {
        UndertoneServer server = startBetween(customers, Leg.HTTP_1, (request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().write(TRANSCRIPT.getBytes(UTF_8));
        });

        String seen = curl(
                customers == Leg.H2C
                        ? "--http2-prior-knowledge"
                        : customers.version == HttpVersion.HTTP_2 ? "--http2" : "--http1.1",
                address(customers, server));

        assertThat(seen)
                .contains("hello")
                .doesNotContain("#undertone#")
                .endsWith(customers.version == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
    }

    @Test
    void aClientMayAskForAnUpgrade() throws Exception {
        UndertoneServer server = startBetween(
                Leg.H2C, Leg.HTTP_1, (request, response) -> response.getWriter().print("upgraded"));

        assertThat(curl("--http2", address(Leg.H2C, server))).isEqualTo("upgradedHTTP/2");
    }

    private String curl(String version, String address) throws IOException, InterruptedException {
        Curl.isNeeded();
        Path output = directory.resolve("curl");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-s",
                        version,
                        "-w",
                        "HTTP/%{http_version}",
                        "--cacert",
                        certificates.certificate(keyStore).toString(),
                        address)
                .redirectOutput(output.toFile())
                .start();
        assertThat(curl.waitFor()).isZero();
        return Files.readString(output);
    }
}
