package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.webapp.Container;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UndertoneConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamLinksTest extends ChatProxyTest {
    private static final String SEND = "/genesys/1/service/7/ixn/chat/send";
    private static final List<URI> UPSTREAMS =
            List.of(URI.create("http://gms:8080/base"), URI.create("https://gms2.local"), URI.create("http://[::1]"));

    private static String edited(String ours, String reply, int pieces) {
        UpstreamLinks.Editing editing = new UpstreamLinks(UPSTREAMS).begin(ours);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = reply.getBytes(UTF_8);
        for (int offset = 0; offset < bytes.length; offset += pieces) {
            out.writeBytes(editing.edit(bytes, offset, Math.min(pieces, bytes.length - offset)));
        }
        out.writeBytes(editing.end());
        return out.toString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"_chatIxnAPI_SEND_URL":"http://gms:8080/base/a?b=c"}          | {"_chatIxnAPI_SEND_URL":"https://chat.example/a?b=c"}
            {"_X_URL" : "http:\\/\\/gms:8080\\/base\\/a"}                  | {"_X_URL" : "https:\\/\\/chat.example\\/a"}
            {"_x_url":"HTTPS://GMS2.local:443/a"}                          | {"_x_url":"https://chat.example/a"}
            {"_X_URL":"http://gms:8080/elsewhere"}                         | {"_X_URL":"https://chat.example/elsewhere"}
            {"_X_URL":"http://gms:8080/based/a"}                           | {"_X_URL":"https://chat.example/based/a"}
            {"_X_URL":"http://gms2.local:443"}                             | {"_X_URL":"https://chat.example"}
            {"_X_URL":"http://[::1]:80/a"}                                 | {"_X_URL":"https://chat.example/a"}
            {"streamUrl":"wss://gms2.local/d?t=1"}                         | {"streamUrl":"wss://chat.example/d?t=1"}
            {"streamUrl":"ws:\\/\\/gms:8080\\/base\\/d"}                   | {"streamUrl":"wss:\\/\\/chat.example\\/d"}
            {"streamUrl":"wss://elsewhere.example/d"}                      | {"streamUrl":"wss://elsewhere.example/d"}
            {"streamUrl":"ws://gms2.local/d"}                              | {"streamUrl":"ws://gms2.local/d"}
            {"_X_URL":"http://gms:80801/base/a"}                           | {"_X_URL":"http://gms:80801/base/a"}
            {"_X_URL":"http://gms/base/a"}                                 | {"_X_URL":"http://gms/base/a"}
            {"_X_URL":"http://gms2.local.evil/a"}                          | {"_X_URL":"http://gms2.local.evil/a"}
            {"_X_URL":"http://pay.example/a"}                              | {"_X_URL":"http://pay.example/a"}
            {"_X_URL":"http://gms:8080/base                                | {"_X_URL":"https://chat.example
            {"text":"see http://gms:8080/base/a"}                          | {"text":"see http://gms:8080/base/a"}
            {"text":"\\"_X_URL\\":\\"http://gms:8080/base/a"}              | {"text":"\\"_X_URL\\":\\"http://gms:8080/base/a"}
            """)
    void whatLeadsToAnUpstreamLeadsToUsAndTheRestStays(String reply, String expected) {
        assertThat(edited("https://chat.example", reply, reply.length())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 10_000})
    void itDoesNotMatterInWhatPiecesAReplyComes(int size) {
        String link = "\"_a_URL\":\"http:\\/\\/gms:8080\\/base\\/a\",\"n\":\"Grüße\",";
        String reply = "{" + link.repeat(50) + "\"_b_URL\":\"https://gms2.local\"";

        assertThat(edited("http://us:1/ctx", reply, size))
                .isEqualTo("{"
                        + link.replace("\\/gms:8080\\/base", "\\/us:1\\/ctx").repeat(50)
                        + "\"_b_URL\":\"http://us:1/ctx\"");
    }

    private HttpResponse<String> send(RunningProxy proxy, String... headers) throws Exception {
        var request = request(proxy.port(), SEND)
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofString("message=hello"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aClientThatFollowsAReplyComesToUs(Container container) throws Exception {
        String transcript = "x".repeat(40_000);
        URI upstream = startUpstream((request, response) -> {
            assertThat(request.getHeader("Accept-Encoding")).isEqualTo("identity");
            byte[] reply = ("{\"transcriptToShow\":[[\"Message.Text\",\"Ann\",\"" + transcript
                            + "\",\"6\",\"AGENT\"]],\"_chatIxnAPI_SEND_URL\":\"" + request.getRequestURL() + "\"}")
                    .getBytes(UTF_8);
            response.setContentType("application/json");
            response.setContentLength(reply.length);
            response.getOutputStream().write(reply);
        });
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThat(send(proxy).body())
                .isEqualTo("{\"transcriptToShow\":[[\"Message.Text\",\"Ann\",\"" + transcript
                        + "\",\"6\",\"AGENT\"]],\"_chatIxnAPI_SEND_URL\":\"http://localhost:" + proxy.port() + SEND
                        + "\"}");
        assertThatNothingIsHeld(proxy, upstream);
    }

    private URI linkingUpstream() throws Exception {
        return startUpstream((request, response) ->
                response.getOutputStream().print("{\"_X_URL\":\"" + request.getRequestURL() + "\"}"));
    }

    @Test
    void aTrustedProxyKnowsWhatClientsCallUs() throws Exception {
        RunningProxy proxy = startProxy(
                Container.JETTY,
                table(List.of(RouteConfig.of("/", linkingUpstream()))),
                new ClientAddresses(List.of("127.0.0.0/8", "::1")),
                Duration.ofSeconds(20));

        assertThat(send(proxy, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "chat.example")
                        .body())
                .isEqualTo("{\"_X_URL\":\"https://chat.example" + SEND + "\"}");
        assertThat(send(proxy, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "x\\\",\"a\":\"")
                        .body())
                .isEqualTo("{\"_X_URL\":\"" + SEND + "\"}");
    }

    @Test
    void anybodyElseIsNotBelieved() throws Exception {
        RunningProxy proxy = startProxyTo(Container.JETTY, linkingUpstream());

        assertThat(send(proxy, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example")
                        .body())
                .isEqualTo("{\"_X_URL\":\"http://localhost:" + proxy.port() + SEND + "\"}");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aReplyThatIsCodedAllTheSameIsReadAndGoesOnWithoutItsCoding(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            try (GZIPOutputStream coded = new GZIPOutputStream(response.getOutputStream())) {
                coded.write(("{\"_X_URL\":\"" + request.getRequestURL() + "\"}").getBytes(UTF_8));
            }
        });
        RunningProxy proxy = startProxyTo(container, upstream);

        HttpResponse<String> reply = send(proxy);

        assertThat(reply.headers().map()).doesNotContainKey("content-encoding");
        assertThat(reply.body()).isEqualTo("{\"_X_URL\":\"http://localhost:" + proxy.port() + SEND + "\"}");
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCodedReplyThatIsCutShortDoesNotLookWhole(Container container) throws Exception {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write(new byte[100_000]);
        }
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.getOutputStream().write(coded.toByteArray(), 0, coded.size() - 4);
        });
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThatThrownBy(() -> send(proxy)).isInstanceOf(IOException.class);
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCodedReplyThatGrowsBeyondMeasureIsNotHeld(Container container) throws Exception {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write(new byte[64 << 20]);
        }
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.getOutputStream().write(coded.toByteArray());
        });
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThat(send(proxy).statusCode()).isEqualTo(502);
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @CsvSource({
        "/v3/directline/conversations, true",
        "/v3/directline/conversations/abc, true",
        "/v3/directline/conversations/abc/activities, false"
    })
    void theStreamOfAConversationLeadsToUs(String path, boolean isEdited) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream()
                    .print("{\"conversationId\":\"abc\",\"streamUrl\":\"ws://localhost:" + request.getLocalPort()
                            + "/s\"}");
        });
        RunningProxy proxy = startProxyTo(Container.JETTY, upstream);

        assertThat(get(proxy.port(), path).body())
                .isEqualTo("{\"conversationId\":\"abc\",\"streamUrl\":\"ws://localhost:"
                        + (isEdited ? proxy.port() : upstream.getPort()) + "/s\"}");
    }

    private static final String OWN_DIALECTS = """
            dialects:
              - {name: ours, like: genesys-v1-cometd}
              - {name: theirs, like: ours}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"genesys-v1-cometd", "ours", "theirs"})
    void theAddressesOfARouteForCometdAreEditedAsWell(String dialect) throws Exception {
        URI upstream = linkingUpstream();
        UndertoneConfig config = ConfigReader.parse(OWN_DIALECTS + """
                routes: [{path: /, upstream: "%s", dialect: %s}]
                """.formatted(upstream, dialect), Map.of());
        RouteTable routes =
                new RouteTable(config.routes(), config.dialects(), NOBODY_TRUSTED, System::nanoTime, meters);
        RunningProxy proxy = startProxy(Container.JETTY, routes, NOBODY_TRUSTED, Duration.ofSeconds(20));

        assertThat(get(proxy.port(), "/genesys/cometd/connect").body())
                .isEqualTo("{\"_X_URL\":\"http://localhost:" + proxy.port() + "/genesys/cometd/connect\"}");
        assertThat(get(proxy.port(), "/genesys/other").body()).contains(":" + upstream.getPort());
    }

    @Test
    void aReplyThatCannotBeReadDoesNotPass() throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.getOutputStream().print("coded");
        });

        HttpResponse<String> reply = send(startProxyTo(Container.JETTY, upstream));

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.body()).contains("sent a reply that cannot be read");
    }
}
