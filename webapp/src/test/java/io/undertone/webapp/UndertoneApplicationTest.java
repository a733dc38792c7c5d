package io.undertone.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.management.Readiness;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndertoneApplicationTest extends ProxyTest {
    private static final String TOKEN = "s3cret-token";

    private UndertoneApplication application(String yaml) throws IOException {
        Map<String, String> environment =
                Map.of("UNDERTONE_MANAGEMENT_TOKEN", TOKEN, "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID());
        UndertoneConfig config = ConfigReader.parse(yaml, environment);
        return stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
    }

    @Test
    void whatWasOpenedIsClosedAgainWhereThereIsNoBeginning(@TempDir Path noJars) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatThrownBy(() -> application(
                        "probe: {transport: psdk, psdk: {jars: '" + noJars + "', endpoint: 'localhost:1'}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("probe.psdk.jars");

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("undertone")));
    }

    private int startManagement(Container container, UndertoneApplication application, String prefix) throws Exception {
        return start(container, 1, context -> application.registerManagement(context, prefix))
                .port();
    }

    private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        var request = request(port, path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> authorized(int port, String path) throws Exception {
        return get(port, path, "Authorization", "Bearer " + TOKEN);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void nothingButHealthAndTheStartPageIsOpen(Container container) throws Exception {
        int port = startManagement(container, application(""), "");

        assertThat(get(port, "/").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        for (String path : new String[] {"/metrics", "/openapi.yaml", "/api/v1/probe", "/health/x", "/nothing"}) {
            HttpResponse<String> reply = get(port, path);
            assertThat(reply.statusCode()).as(path).isEqualTo(401);
            assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"undertone\"");
            assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer s3cret-token,200",
        "bearer s3cret-token,200",
        "Bearer s3cret-toke,401",
        "Bearer s3cret-token2,401",
        "Basic s3cret-token,401",
        "s3cret-token,401"
    })
    void onlyTheTokenItselfIsTaken(String authorization, int status) throws Exception {
        int port = startManagement(Container.JETTY, application(""), "");

        assertThat(get(port, "/openapi.yaml", "Authorization", authorization).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void readinessIsWhatItWasToldLast(Container container) throws Exception {
        UndertoneApplication application = application("");
        int port = startManagement(container, application, "");

        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
        application.readiness().become(Readiness.State.READY);
        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
        application.readiness().become(Readiness.State.DRAINING);
        assertThat(get(port, "/health/ready").body()).startsWith("{\"status\":\"draining\"");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theStartPageShowsRoutesAndNoSecretAndWorksBelowAPrefix(Container container) throws Exception {
        int port = startManagement(
                container,
                application("routes: [{path: '/<b>', upstream: 'http://internal:1', audience: agent}]"),
                "/undertone");

        HttpResponse<String> page = get(port, "/undertone/");

        assertThat(page.body())
                .contains("<code>/&lt;b&gt;</code>", "agent", "href=\"/undertone/health/live\"")
                .doesNotContain("{{", TOKEN, "internal", "<script");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(authorized(port, "/undertone/metrics").statusCode()).isEqualTo(200);
        assertThat(get(port, "/undertone/metrics").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUnknownPathIsA404ProblemForWhoBringsTheToken(Container container) throws Exception {
        int port = startManagement(container, application(""), "");

        HttpResponse<String> reply = authorized(port, "/nothing");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsHiddenIsCountedByTheKeywordsIdAndNotByItsText(Container container) throws Exception {
        UndertoneApplication application = application("keywords: [{id: quiet, text: '#u#'}]");
        int port = startManagement(container, application, "");
        VeilMetrics metrics = new VeilMetrics(application.meters());

        metrics.hidden(
                new VeilRoute(
                        Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD),
                new HiddenMessage("chat", "7", "quiet", Visibility.VIP, SenderKind.EXTERNAL, List.of()));
        metrics.unreadable("not_json", true);

        assertThat(authorized(port, "/metrics").body())
                .contains(
                        "undertone_messages_hidden_total{keyword=\"quiet\",sender=\"EXTERNAL\",visibility=\"VIP\"} 1.0",
                        "undertone_payloads_unreadable_total{outcome=\"withheld\",reason=\"not_json\"} 1.0")
                .doesNotContain("#u#");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void servletsOfOthersStandBesideTheRoutesAndBehindTheToken(Container container) throws Exception {
        String upstream = startUpstream(
                        (request, response) -> response.getOutputStream().write("upstream".getBytes(UTF_8)))
                .toString();
        UndertoneApplication application = application("routes: [{path: /genesys, upstream: '" + upstream + "'}]")
                .addPublic("/", new Saying("page"))
                .addManagement("/sandbox/*", new Saying("switches"));
        int publicPort = start(container, 1, application::registerPublic).port();
        int managementPort = startManagement(container, application, "");

        assertThat(get(publicPort, "/genesys/2/chat/x").body()).isEqualTo("upstream");
        assertThat(get(publicPort, "/").body()).isEqualTo("page");
        assertThat(get(publicPort, "/chat.css").body()).isEqualTo("page");
        assertThat(get(managementPort, "/sandbox/state").statusCode()).isEqualTo(401);
        assertThat(authorized(managementPort, "/sandbox/state").body()).isEqualTo("switches");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aPathThatNoRouteCoversIsRefused(Container container) throws Exception {
        UndertoneApplication application = application("routes: [{path: /genesys, upstream: 'http://localhost:1'}]");
        int port = start(container, 1, application::registerPublic).port();

        for (String path : new String[] {"/", "/other", "/genesysx", "/metrics"}) {
            HttpResponse<String> reply = get(port, path);
            assertThat(reply.statusCode()).as(path).isEqualTo(404);
            assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    private static final class Saying extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final String word;

        Saying(String word) {
            this.word = word;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(word);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void ratesAreLimitedWhereTheyAreMeantToBeAndNowhereElse(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> response.setStatus(200));
        UndertoneApplication application = application("""
                listen: {requestRate: 2/m}
                management: {probeRate: 1/m}
                routes: [{path: /chat, upstream: "%s"}]
                """.formatted(upstream));
        int port = start(container, 1, context -> {
                    application.registerPublic(context);
                    application.registerManagement(context, "/undertone");
                })
                .port();

        assertThat(get(port, "/undertone/api/v1/probe").statusCode()).isEqualTo(401);
        assertThat(get(port, "/undertone/api/v1/probe").statusCode()).isEqualTo(429);
        assertThat(get(port, "/chat/a").statusCode()).isEqualTo(200);
        assertThat(get(port, "/chat/b").statusCode()).isEqualTo(200);
        assertThat(get(port, "/chat/c").statusCode()).isEqualTo(429);
        assertThat(get(port, "/undertone/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/genesys/2/chat/sales/c1/refresh",
                "/genesys/1/service/7/ixn/chat/refresh",
                "/genesys/cometd/connect"
            })
    void aCodingThatNobodyCanReadIsToldAsSuchOnEveryPath(String path) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.setHeader("Content-Encoding", "snappy");
            response.getOutputStream().write("#undertone# hidden".getBytes(UTF_8));
        });
        UndertoneApplication application = application("""
                routes: [{path: /, upstream: "%s"}]
                keywords: [{text: "#undertone#"}]
                """.formatted(upstream));
        int port = start(Container.JETTY, 1, application::registerPublic).port();

        HttpResponse<String> reply = get(port, path);

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.body()).contains("Reply withheld", "unreadable_coding").doesNotContain("undertone");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aReplyWithTrailersIsJudgedAsAnyOther(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.setHeader("Trailer", "X-Count");
            response.setTrailerFields(() -> Map.of("X-Count", "1"));
            response.getOutputStream()
                    .write("{\"messages\":[{\"text\":\"#undertone# hidden\",\"from\":{\"type\":\"External\"}}]}"
                            .getBytes(UTF_8));
        });
        UndertoneApplication application = application("""
                routes: [{path: /, upstream: "%s"}]
                keywords: [{text: "#undertone#"}]
                """.formatted(upstream));
        int port = start(container, 1, application::registerPublic).port();

        assertThat(get(port, "/2/chat/sales/c1/refresh").body()).isEqualTo("{\"messages\":[]}");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsHiddenIsNotSaidByHeadersAndTrailersEither(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/pdf");
            response.setHeader("ETag", "\"4711\"");
            response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''%23undertone%23.pdf");
            response.addHeader("Set-Cookie", "said=%23undertone%23");
            response.addHeader("Set-Cookie", "node=b");
            response.setHeader("Location", "http://" + request.getHeader("Host") + "/said?text=4711");
            response.setHeader("Trailer", "X-Count, X-Said");
            response.setTrailerFields(() -> Map.of("X-Count", "1", "X-Said", "#undertone#"));
            response.getOutputStream().write("%PDF".getBytes(UTF_8));
        });
        UndertoneApplication application = application("""
                routes:
                  - {path: /, upstream: "%s"}
                  - {path: /desk, upstream: "%s", audience: supervisor}
                keywords: [{text: "#undertone#"}, {text: "4711"}]
                """.formatted(upstream, upstream));
        int port = start(container, 1, application::registerPublic).port();

        assertThat(exchange(port, "GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("%PDF", "Set-Cookie: node=b", "ETag: \"4711\"")
                .containsIgnoringCase("x-count: 1")
                .doesNotContain("undertone%23", "#undertone#", "text=4711");
        assertThat(exchange(port, "GET /desk/file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("filename*=UTF-8''%23undertone%23.pdf", "said=%23undertone%23", "/said?text=4711")
                .containsIgnoringCase("x-said: #undertone#");
        assertThat(application
                        .meters()
                        .counter("undertone.payloads.unreadable", "reason", "keyword_in_header", "outcome", "withheld")
                        .count())
                .isEqualTo(4);
    }

    /** Heads alone, as each is written when there is nothing else of a reply. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void customersWhoTakeNoRepliesKeepNobodyElseFromTheirs(Container container) throws Exception {
        int customers = 4 * Runtime.getRuntime().availableProcessors();
        CountDownLatch allAsk = new CountDownLatch(customers);
        LongAdder heads = new LongAdder();
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            if (request.getMethod().equals("HEAD")) {
                response.setHeader("X-Stuffing", "x".repeat(4_000));
                heads.increment();
                return;
            }
            // Each upon a connection of its own.
            allAsk.countDown();
            allAsk.await();
            response.getOutputStream().write("{}".getBytes(UTF_8));
        });
        UndertoneApplication application = application("routes: [{path: /, upstream: '%s'}]".formatted(upstream));
        int port = start(container, 1, application::registerPublic).port();
        for (int count = 0; count < customers; count++) {
            askAndTakeNothing(stopLater(new Socket()), port);
        }
        AtomicLong before = new AtomicLong();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> heads.sum() > 0 && heads.sum() == before.getAndSet(heads.sum()));

        List<CompletableFuture<HttpResponse<String>>> others = IntStream.range(0, customers)
                .mapToObj(count -> client.sendAsync(
                        request(port, "/2/chat/sales/c" + count + "/refresh").build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(others).allSatisfy(reply -> assertThat(reply.get().body()).isEqualTo("{}"));
    }

    private static void askAndTakeNothing(Socket socket, int port) throws IOException {
        socket.setReceiveBufferSize(1_024);
        socket.connect(new InetSocketAddress("localhost", port));
        byte[] request = "HEAD /2/chat/sales/c/refresh HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8);
        Thread customer = new Thread(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(request);
                }
            } catch (IOException testIsOver) {
                // It is closed then.
            }
        });
        customer.setDaemon(true);
        customer.start();
    }
}
