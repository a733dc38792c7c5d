package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.webapp.Container;
import io.undertone.webapp.config.CorsConfig;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UpstreamConnection;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What RFC 9110 and 9112 ask of a proxy beyond passing bytes on. */
class ProxyProtocolTest extends ChatProxyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private static RouteConfig route(
            URI upstream, boolean preserveHost, long maxRequestBody, @Nullable CorsConfig cors) {
        return new RouteConfig(
                "/",
                List.of(upstream),
                preserveHost,
                "auto",
                Audience.CUSTOMER,
                OnUnreadable.WITHHOLD,
                maxRequestBody,
                cors,
                UpstreamConnection.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theUpstreamDecidesWhetherAClientGoesOn(Container container) throws Exception {
        int port = startProxyTo(
                        container,
                        stopLater(RawUpstream.start(socket -> {
                                    assertThat(RawUpstream.readHead(socket)).contains("Expect: 100-continue");
                                    socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(UTF_8));
                                    String body =
                                            new String(socket.getInputStream().readNBytes(5), UTF_8);
                                    socket.getOutputStream()
                                            .write(OK.replace("ok", body.substring(0, 2))
                                                    .getBytes(UTF_8));
                                }))
                                .url())
                .port();

        String reply = exchange(port, socket -> {
            expect(socket);
            assertThat(RawUpstream.readHead(socket)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write("hello".getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        });

        assertThat(reply).startsWith("HTTP/1.1 200").endsWith("he");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamThatWantsNoBodyIsHeardBeforeTheBodyIsSent(Container container) throws Exception {
        URI upstream = stopLater(RawUpstream.answering(
                        "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"))
                .url();
        RunningProxy proxy = startProxyTo(container, upstream);

        for (int count = 0; count < 20; count++) {
            String reply = exchange(proxy.port(), socket -> {
                expect(socket);
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            });

            assertThat(reply).contains("HTTP/1.1 417").endsWith("no");
            if (container == Container.JETTY) {
                // Tomcat tells every client at once to go on.
                assertThat(reply).doesNotContain("HTTP/1.1 100");
            }
        }
        assertThatNothingIsHeld(proxy, upstream);
    }

    private static void expect(Socket socket) throws IOException {
        socket.getOutputStream()
                .write(
                        "POST /file HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 5\r\n\r\n"
                                .getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void interimAnswersDoNotStandInTheWayOfTheLastOne(Container container) throws Exception {
        URI upstream = stopLater(RawUpstream.answering(
                        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK))
                .url();

        HttpResponse<String> reply = get(startProxyTo(container, upstream).port(), "/");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void trailersPassBothWays(Container container) throws Exception {
        Map<String, String> seen = new ConcurrentHashMap<>();
        URI upstream = startUpstream((request, response) -> {
            request.getInputStream().readAllBytes();
            seen.putAll(request.getTrailerFields());
            response.setHeader("Trailer", "X-Count, Content-Digest");
            response.setTrailerFields(() -> Map.of("X-Count", "3", "Content-Digest", "sha-256=:x:"));
            response.getOutputStream().write("hello".getBytes(UTF_8));
        });

        String reply = exchange(startProxyTo(container, upstream).port(), """
                POST / HTTP/1.1
                Host: x
                Connection: close
                Transfer-Encoding: chunked
                Trailer: X-Sum

                5
                hello
                0
                X-Sum: 5

                """.replace("\n", "\r\n"));

        assertThat(seen).containsEntry("x-sum", "5");
        assertThat(reply.toLowerCase(Locale.ROOT))
                .contains("\r\n0\r\nx-count: 3\r\n")
                .doesNotContain("sha-256");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void maxForwardsIsCountedDownAndEndsHere(Container container) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        URI upstream = startUpstream((request, response) -> {
            asked.incrementAndGet();
            response.setHeader("X-Left", request.getHeader("Max-Forwards"));
        });
        int port = startProxyTo(container, upstream).port();

        assertThat(send(port, "OPTIONS", "Max-Forwards", "3").headers().firstValue("X-Left"))
                .contains("2");
        assertThat(send(port, "GET", "Max-Forwards", "0").headers().firstValue("X-Left"))
                .contains("0");
        HttpResponse<String> last = send(port, "OPTIONS", "Max-Forwards", "0");
        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(last.headers().firstValue("Allow")).isPresent();
        assertThat(send(port, "TRACE", "Max-Forwards", "0").statusCode()).isEqualTo(405);
        assertThat(asked).hasValue(2);
    }

    private HttpResponse<String> send(int port, String method, String... headers) throws Exception {
        return client.send(
                request(port, "/x")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .headers(headers)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anAbsoluteTargetIsAPathOfOurs(Container container) throws Exception {
        int port = startProxyFor(container, (request, response) -> response.getOutputStream()
                .write(request.getRequestURI().getBytes(UTF_8)));

        assertThat(
                        exchange(
                                port,
                                "GET http://elsewhere.example/a%20b?c HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("/a%20b")
                .doesNotContain("elsewhere");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void redirectsAndCookiesLeadToUsAndNoOtherServiceIsNamed(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            String self = "http://" + request.getHeader("Host");
            response.setStatus(302);
            response.setHeader("Location", self + "/base/login?next=/base/x");
            response.setHeader("Content-Location", self + "/base/x");
            response.setHeader("Refresh", "0; url=" + self + "/base/y");
            response.setHeader("Alt-Svc", "h2=\"gms:8443\"");
            response.addHeader("Set-Cookie", "JSESSIONID=1; Path=/base; Domain=gms.internal; HttpOnly");
        });
        int port = startProxyTo(container, upstream.resolve("/base")).port();

        HttpResponse<String> reply = get(port, "/x");

        assertThat(reply.headers().firstValue("Location")).contains("/login?next=/base/x");
        assertThat(reply.headers().firstValue("Content-Location")).contains("/x");
        assertThat(reply.headers().firstValue("Refresh")).contains("0; url=/y");
        assertThat(reply.headers().firstValue("Alt-Svc")).isEmpty();
        assertThat(reply.headers().firstValue("Set-Cookie")).contains("JSESSIONID=1; Path=/; HttpOnly");
    }

    @ParameterizedTest
    @CsvSource({"JETTY,true", "JETTY,false", "TOMCAT,true"})
    void anUpstreamSeesTheHostThatItIsMeantToSee(Container container, boolean preserveHost) throws Exception {
        URI upstream = startUpstream((request, response) ->
                response.getOutputStream().write(request.getHeader("Host").getBytes(UTF_8)));
        int port = startProxy(container, List.of(route(upstream, preserveHost, 1 << 20, null)))
                .port();

        assertThat(get(port, "/").body()).isEqualTo(preserveHost ? "localhost:" + port : upstream.getAuthority());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatATrustedProxySaysIsKeptAndAddedTo(Container container) throws Exception {
        Map<String, String> seen = new ConcurrentHashMap<>();
        URI upstream = startUpstream((request, response) -> {
            for (String name : List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded")) {
                seen.put(name, request.getHeader(name));
            }
        });
        ClientAddresses trusting = new ClientAddresses(List.of("127.0.0.1", "::1"));
        int port = startProxy(container, table(everythingTo(upstream)), trusting, Duration.ofSeconds(20))
                .port();

        get(
                port,
                "/",
                "X-Forwarded-For",
                "192.0.2.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "shop.example",
                "Forwarded",
                "for=192.0.2.7;proto=https");

        assertThat(seen.get("X-Forwarded-For")).matches("192\\.0\\.2\\.7, [0-9a-f.:\\[\\]]+");
        assertThat(seen).containsEntry("X-Forwarded-Proto", "https").containsEntry("X-Forwarded-Host", "shop.example");
        assertThat(seen.get("Forwarded"))
                .startsWith("for=192.0.2.7;proto=https, for=")
                .contains(";proto=http;");
    }

    @ParameterizedTest
    @CsvSource({"JETTY,false", "JETTY,true", "TOMCAT,false", "TOMCAT,true"})
    void aBodyThatIsTooLongIsRefusedAndNeverLooksWhole(Container container, boolean chunked) throws Exception {
        AtomicInteger whole = new AtomicInteger();
        URI upstream = startUpstream((request, response) -> {
            request.getInputStream().readAllBytes();
            whole.incrementAndGet();
        });
        RunningProxy proxy = startProxy(container, List.of(route(upstream, false, 100_000, null)));
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 200000";
        String body = chunked ? "30d40\r\n" + "x".repeat(200_000) + "\r\n0\r\n\r\n" : "";

        String reply = exchange(proxy.port(), socket -> {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + framing + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
            return RawUpstream.readHead(socket);
        });

        assertThat(reply).startsWith("HTTP/1.1 413").contains("application/problem+json");
        assertThatNothingIsHeld(proxy, upstream);
        assertThat(whole).hasValue(0);
        assertThat(client.send(
                                request(proxy.port(), "/")
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000]))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void browsersOnOtherOriginsAreAnsweredByUsWhereThatIsWanted(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Vary", "Accept-Encoding");
            response.setStatus(request.getMethod().equals("OPTIONS") ? 405 : 200);
        });
        CorsConfig cors = new CorsConfig(Set.of("https://shop.example"), true, Duration.ofMinutes(1));
        int port = startProxy(container, List.of(route(upstream, false, 1 << 20, cors)))
                .port();

        String[] preflight = {"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "apikey"};
        HttpResponse<String> asked = options(port, "https://shop.example", preflight);
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().map())
                .containsEntry("access-control-allow-origin", List.of("https://shop.example"))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("access-control-allow-methods", List.of("POST"))
                .containsEntry("access-control-allow-headers", List.of("apikey"))
                .containsEntry("access-control-max-age", List.of("60"));
        HttpResponse<String> stranger = options(port, "https://evil.example", preflight);
        assertThat(stranger.statusCode()).isEqualTo(204);
        assertThat(stranger.headers().map())
                .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
        assertThat(get(port, "/", "Origin", "https://shop.example").headers().map())
                .containsEntry("access-control-allow-origin", List.of("https://shop.example"))
                .containsEntry("vary", List.of("Origin", "Accept-Encoding"));
        assertThat(get(port, "/", "Origin", "https://evil.example").headers().map())
                .doesNotContainKey("access-control-allow-origin");
        assertThat(options(port, "https://shop.example").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> options(int port, String origin, String... headers) throws Exception {
        HttpRequest.Builder request = request(port, "/")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void withoutThatTheUpstreamAnswersBrowsers(Container container) throws Exception {
        int port = startProxyFor(container, (request, response) -> {
            response.setStatus(200);
            response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        });

        assertThat(options(port, "https://a.example", "Access-Control-Request-Method", "POST")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("https://a.example");
    }
}
