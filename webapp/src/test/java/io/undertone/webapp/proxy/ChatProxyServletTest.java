package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.webapp.Container;
import io.undertone.webapp.config.RouteConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatProxyServletTest extends ChatProxyTest {
    private static final int LARGE = 200 << 20;

    @ParameterizedTest
    @EnumSource(Container.class)
    void anEventReachesTheCustomerBeforeTheUpstreamGoesOn(Container container) throws Exception {
        CountDownLatch clientHasIt = new CountDownLatch(1);
        int port = startProxyFor(container, (request, response) -> {
            response.setContentType("text/event-stream");
            response.getOutputStream().write("data: one\n\n".getBytes(UTF_8));
            response.flushBuffer();
            clientHasIt.await();
            response.getOutputStream().write("data: two\n\n".getBytes(UTF_8));
        });

        try (InputStream body = client.send(request(port, "/events").build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(11)).isEqualTo("data: one\n\n".getBytes(UTF_8));
            clientHasIt.countDown();
            assertThat(body.readAllBytes()).isEqualTo("data: two\n\n".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aGzippedBodyPassesByteForByteWithItsLength(Container container) throws Exception {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write("{\"messages\":[]}".repeat(1000).getBytes(UTF_8));
        }
        int port = startProxyFor(container, (request, response) -> {
            response.setContentType("application/json");
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(coded.size());
            response.getOutputStream().write(coded.toByteArray());
        });

        HttpResponse<byte[]> reply = client.send(
                request(port, "/").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(reply.body()).isEqualTo(coded.toByteArray());
        assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(reply.headers().firstValue("Content-Length")).contains(String.valueOf(coded.size()));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void statusAndEndToEndHeadersPassAsTheyAre(Container container) throws Exception {
        int port = startProxyFor(container, (request, response) -> {
            response.setStatus(302);
            response.setHeader("Location", "/elsewhere");
            response.addHeader("Set-Cookie", "a=\"1, 2\"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/");
            response.addHeader("Set-Cookie", "BAYEUX_BROWSER=x; HttpOnly");
            response.setHeader("Content-Disposition", "attachment; filename=\"a, b.pdf\"");
            response.setHeader("Connection", "X-Hop");
            response.setHeader("X-Hop", "mine");
            response.setHeader("Keep-Alive", "timeout=5");
        });

        HttpResponse<String> reply = client.send(request(port, "/").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(302);
        assertThat(reply.headers().firstValue("Location")).contains("/elsewhere");
        assertThat(reply.headers().allValues("Set-Cookie"))
                .containsExactly(
                        "a=\"1, 2\"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/", "BAYEUX_BROWSER=x; HttpOnly");
        assertThat(reply.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"a, b.pdf\"");
        assertThat(reply.headers().firstValue("X-Hop")).isEmpty();
        assertThat(reply.headers().allValues("Keep-Alive")).doesNotContain("timeout=5");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theUpstreamSeesOurForwardingAndNothingThatOnlyConcernsOneHop(Container container) throws Exception {
        Map<String, List<String>> seen = new HashMap<>();
        URI upstream = startUpstream((request, response) -> {
            for (String name : Collections.list(request.getHeaderNames())) {
                seen.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
            }
        });
        int port = startProxyTo(container, upstream).port();

        exchange(port, """
                GET / HTTP/1.1
                Host: chat.example
                Connection: close, X-Private
                X-Private: hop
                TE: trailers
                Via: 1.0 outer
                Forwarded: for=6.6.6.6
                X-Forwarded-For: 6.6.6.6
                X-Forwarded-Prefix: /evil
                Cookie: a=b; c="d"

                """.replace("\n", "\r\n"));

        assertThat(seen.get("host")).containsExactly(upstream.getAuthority());
        assertThat(seen.get("cookie")).containsExactly("a=b; c=\"d\"");
        assertThat(seen.get("via")).containsExactly("1.0 outer, 1.1 undertone");
        assertThat(seen.get("x-forwarded-for")).singleElement().isNotEqualTo("6.6.6.6");
        assertThat(seen.get("x-forwarded-proto")).containsExactly("http");
        assertThat(seen.get("x-forwarded-host")).containsExactly("chat.example");
        assertThat(seen.get("forwarded"))
                .singleElement()
                .asString()
                .doesNotContain("6.6.6.6")
                .contains("host=\"chat.example\"");
        assertThat(seen).doesNotContainKeys("x-private", "te", "x-forwarded-prefix", "content-type", "user-agent");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void pathAndQueryPassInTheSpellingOfTheClient(Container container) throws Exception {
        String target = "/genesys/2/chat/%7Eservice/a%20b%C3%BC?x=%7e+1&y=a%2Fb&z";
        int port = startProxyFor(container, (request, response) -> {
            String spelled = request.getRequestURI() + "?" + request.getQueryString();
            response.getOutputStream().write(spelled.getBytes(UTF_8));
        });

        assertThat(client.send(request(port, target).build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theLongestPrefixWinsAndABaseStandsBeforeThePath(Container container) throws Exception {
        URI one = startUpstream((request, response) ->
                response.getOutputStream().write(("one " + request.getRequestURI()).getBytes(UTF_8)));
        URI two = startUpstream((request, response) ->
                response.getOutputStream().write(("two " + request.getRequestURI()).getBytes(UTF_8)));
        int port = startProxy(container, List.of(route("/a", one), route("/a/b", two.resolve("/base/"))))
                .port();

        assertThat(get(port, "/a/x").body()).isEqualTo("one /a/x");
        assertThat(get(port, "/a/b").body()).isEqualTo("two /base/a/b");
        assertThat(get(port, "/a/%62/c").body()).isEqualTo("two /base/a/%62/c");
        assertThat(get(port, "/a/bc").body()).isEqualTo("one /a/bc");
        assertThat(get(port, "/ab")).satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        });
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void twoHundredMegabytesStreamUpAndDownInLittleMemory(Container container) throws Exception {
        byte[] block = new byte[1 << 16];
        new Random(7).nextBytes(block);
        int blocks = LARGE / block.length;
        CRC32 uploaded = new CRC32();
        AtomicLong announced = new AtomicLong();
        URI upstream = startUpstream((request, response) -> {
            announced.set(request.getContentLengthLong());
            for (byte[] read = request.getInputStream().readNBytes(block.length);
                    read.length > 0;
                    read = request.getInputStream().readNBytes(block.length)) {
                uploaded.update(read);
            }
            for (int count = 0; count < blocks; count++) {
                response.getOutputStream().write(block);
            }
        });
        RunningProxy proxy = startProxyTo(container, upstream);
        HttpRequest upload = request(proxy.port(), "/upload")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(blocks, block)), LARGE))
                .build();

        CRC32 downloaded = new CRC32();
        try (InputStream download =
                client.send(upload, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            download.transferTo(new CheckedOutputStream(OutputStream.nullOutputStream(), downloaded));
        }

        CRC32 sent = new CRC32();
        Collections.nCopies(blocks, block).forEach(sent::update);
        assertThat(proxy.bufferedBytes()).isLessThan(LARGE / 50);
        assertThat(announced).hasValue(LARGE);
        assertThat(uploaded.getValue()).isEqualTo(sent.getValue());
        assertThat(downloaded.getValue()).isEqualTo(sent.getValue());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aFilterBeforeTheProxySeesEveryByteAndTheOutputIsReadyForEach(Container container) throws Exception {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        URI upstream = startUpstream((request, response) -> {
            for (int count = 0; count < 8; count++) {
                response.getOutputStream().write(block);
            }
        });
        Watching watching = new Watching();
        int port = startBehind(watching, container, upstream);

        CRC32 received = new CRC32();
        try (InputStream body = client.send(request(port, "/").build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            body.transferTo(new CheckedOutputStream(OutputStream.nullOutputStream(), received));
        }

        CRC32 sent = new CRC32();
        Collections.nCopies(8, block).forEach(sent::update);
        assertThat(received.getValue()).isEqualTo(sent.getValue());
        assertThat(watching.seen.getValue()).isEqualTo(sent.getValue());
        assertThat(watching.unready).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void repliesWithoutABodyStayWithout(Container container) throws Exception {
        int port = startProxyFor(container, (request, response) -> {
            if (request.getMethod().equals("HEAD")) {
                response.setContentLength(1234);
            } else {
                response.setStatus(Integer.parseInt(request.getQueryString()));
                response.setHeader("ETag", "\"e\"");
            }
        });

        HttpResponse<String> head = client.send(
                request(port, "/")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(head.headers().firstValue("Content-Length")).contains("1234");
        for (int status : List.of(204, 304)) {
            HttpResponse<String> reply = get(port, "/?" + status);
            assertThat(reply.statusCode()).isEqualTo(status);
            assertThat(reply.headers().firstValue("ETag")).contains("\"e\"");
            assertThat(reply.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamThatIsDownIsA502ThatNamesNoInternals(Container container) throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        int port = startProxy(container, List.of(route("/genesys", URI.create("http://localhost:" + free))))
                .port();

        HttpResponse<String> reply = get(port, "/genesys/2/chat");

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply.body())
                .contains("The chat server behind /genesys cannot be reached.")
                .doesNotContain(String.valueOf(free), "Exception");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamThatIsSilentIsA504(Container container) throws Exception {
        CountDownLatch testIsOver = new CountDownLatch(1);
        URI upstream = startUpstream((request, response) -> testIsOver.await());
        RouteTable routes = table(everythingTo(upstream));
        int port = startProxy(container, routes, NOBODY_TRUSTED, Duration.ofMillis(200))
                .port();

        HttpResponse<String> reply = get(port, "/");
        testIsOver.countDown();

        assertThat(reply.statusCode()).isEqualTo(504);
        assertThat(reply.body()).contains("did not answer in time");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aReplyThatBreaksOffDoesNotLookWhole(Container container) throws Exception {
        for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            int port = startProxyTo(container, startBreaker(framing)).port();

            assertThatThrownBy(() -> get(port, "/"))
                    .as("%s in %s", framing, container)
                    .isInstanceOf(IOException.class);
            assertThat(exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .contains("hello")
                    .doesNotEndWith("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCustomerWhoLeavesLetsTheUpstreamGo(Container container) throws Exception {
        CountDownLatch upstreamFailed = new CountDownLatch(1);
        int port = startProxyFor(container, (request, response) -> {
            byte[] block = new byte[1 << 16];
            try {
                while (true) {
                    response.getOutputStream().write(block);
                }
            } catch (IOException gone) {
                upstreamFailed.countDown();
            }
        });

        exchange(port, socket -> {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            return socket.getInputStream().read();
        });

        assertThat(upstreamFailed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** An upstream that sends the beginning of a reply and closes. */
    private URI startBreaker(String framing) throws IOException {
        String body = framing.contains("chunked") ? "5\r\nhello\r\n" : "hello";
        return stopLater(RawUpstream.answering("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n" + body))
                .url();
    }

    private static RouteConfig route(String path, URI upstream) {
        return RouteConfig.of(path, upstream);
    }
}
