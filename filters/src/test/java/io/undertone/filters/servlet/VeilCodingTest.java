package io.undertone.filters.servlet;

import static io.undertone.filters.servlet.Application.AFTER;
import static io.undertone.filters.servlet.Application.GREETING;
import static io.undertone.filters.servlet.Application.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.coding.Coded;
import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.servlet.Application.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter in front of applications that send coded replies, in real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VeilCodingTest {
    private static final String BROWSER = "gzip, deflate, br, zstd";
    private static final String REFRESH = "/genesys/2/chat/support/0004Xa/refresh?";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Container.Kind, Container> containers = new EnumMap<>(Container.Kind.class);
    private final List<String> unreadable = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void start() throws Exception {
        for (Container.Kind kind : Container.AVAILABLE) {
            containers.put(kind, Container.start(kind, filter(), Map.of("/*", new Application())));
        }
    }

    private VeilFilter filter() {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        VeilRoute route = new VeilRoute(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        return new VeilFilter(request -> Optional.of(route), () -> keywords, new VeilListener() {
            @Override
            public void unreadable(String reason, boolean withheld) {
                unreadable.add(reason);
            }
        });
    }

    @AfterAll
    void stop() throws Exception {
        for (Container container : containers.values()) {
            container.close();
        }
    }

    private URI uri(Container.Kind kind) {
        Assumptions.assumeTrue(containers.containsKey(kind), kind + " is not on this class path");
        return Objects.requireNonNull(containers.get(kind)).uri();
    }

    private HttpResponse<byte[]> get(Container.Kind kind, String pathAndQuery, String acceptEncoding) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(kind).resolve(pathAndQuery))
                        .header("Accept-Encoding", acceptEncoding)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** The body as a browser shows it. */
    private static String decoded(HttpResponse<byte[]> reply) throws IOException {
        InputStream coded = new ByteArrayInputStream(reply.body());
        InputStream decoded =
                switch (coding(reply)) {
                    case "identity" -> coded;
                    case "gzip" -> new GZIPInputStream(coded);
                    case "deflate" -> new InflaterInputStream(coded);
                    default -> throw new AssertionError(coding(reply));
                };
        return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String coding(HttpResponse<?> reply) {
        List<String> codings = reply.headers().allValues("Content-Encoding");
        assertThat(codings).hasSizeLessThan(2);
        return codings.isEmpty() ? "identity" : codings.get(0);
    }

    static Stream<Arguments> containersWaysAndCodings() {
        return Stream.of(Container.Kind.values()).flatMap(kind -> Stream.of(Way.values())
                .filter(way -> way != Way.WRITER && way != Way.AFTER_RESET)
                .flatMap(way -> Stream.of(ContentCoding.values()).map(coding -> Arguments.of(kind, way, coding))));
    }

    @ParameterizedTest
    @MethodSource("containersWaysAndCodings")
    void howeverItIsCodedAndWrittenAMessageIsHidden(Container.Kind kind, Way way, ContentCoding coding)
            throws Exception {
        HttpResponse<byte[]> reply = get(kind, REFRESH + "coded=" + coding + "&way=" + way, BROWSER);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(coding(reply)).isEqualTo(coding == ContentCoding.DEFLATE ? "deflate" : "gzip");
        assertThat(decoded(reply)).isEqualTo(AFTER);
        assertThat(reply.headers().allValues("Vary")).containsExactly("Accept-Encoding");
        assertThat(reply.headers().firstValue("ETag")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("containersWaysAndCodings")
    void aLargeReplyIsTheSameToTheByte(Container.Kind kind, Way way, ContentCoding coding) throws Exception {
        HttpResponse<byte[]> reply = get(kind, REFRESH + "large&coded=" + coding + "&way=" + way, BROWSER);
        // What is dispatched or forwarded is coded anew each time, but of the same body.
        assertThat(decoded(reply)).isEqualTo(large(GREETING));
        assertThat(decoded(get(kind, REFRESH + "large&coded=" + coding + "&way=" + way, "identity")))
                .isEqualTo(large(GREETING));
    }

    static Stream<Arguments> containersAndReplies() {
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, "GZIP", "identity", "identity"),
                        Arguments.of(kind, "GZIP", "gzip;q=0, deflate", "identity"),
                        Arguments.of(kind, "DEFLATE", "gzip", "gzip"),
                        Arguments.of(kind, "ZSTD", "zstd", "identity"),
                        Arguments.of(kind, "BROTLI", "*", "gzip")));
    }

    @ParameterizedTest
    @MethodSource("containersAndReplies")
    void theClientGetsACodingThatItAccepts(Container.Kind kind, String coded, String accepted, String had)
            throws Exception {
        HttpResponse<byte[]> reply = get(kind, REFRESH + "way=WITH_LENGTH&coded=" + coded, accepted);
        assertThat(coding(reply)).isEqualTo(had);
        assertThat(decoded(reply)).isEqualTo(AFTER);
        assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(reply.body().length);
        assertThat(reply.headers().allValues("Vary")).containsExactly("Accept-Encoding");
    }

    @ParameterizedTest
    @EnumSource
    void varyIsKept(Container.Kind kind) throws Exception {
        for (String vary : new String[] {"Origin, accept-encoding", "*"}) {
            assertThat(get(
                                    kind,
                                    REFRESH + "coded=GZIP&vary=" + URLEncoder.encode(vary, StandardCharsets.UTF_8),
                                    BROWSER)
                            .headers()
                            .allValues("Vary"))
                    .containsExactly(vary);
        }
        assertThat(get(kind, REFRESH + "coded=GZIP&vary=Origin", BROWSER)
                        .headers()
                        .allValues("Vary"))
                .containsExactly("Origin", "Accept-Encoding");
        assertThat(get(kind, REFRESH, BROWSER).headers().allValues("Vary")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY,'gzip, compress, br;q=0.5','gzip, br;q=0.5'",
        "TOMCAT,'gzip, compress, br;q=0.5','gzip, br;q=0.5'",
        "JETTY,compress,identity",
        "TOMCAT,dcz,identity"
    })
    void theApplicationIsAskedForWhatCanBeRead(Container.Kind kind, String accepted, String asked) throws Exception {
        assertThat(get(kind, REFRESH, accepted).headers().firstValue("X-Asked")).contains(asked);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsNotJudgedKeepsItsCoding(Container.Kind kind) throws Exception {
        String script = "let keyword = '#undertone#'";
        String query = "type=text/javascript&coded=BROTLI&body=" + URLEncoder.encode(script, StandardCharsets.UTF_8);
        HttpResponse<byte[]> reply = get(kind, "/app.js?" + query, BROWSER);
        assertThat(coding(reply)).isEqualTo("br");
        assertThat(reply.body()).isEqualTo(Coded.by(ContentCoding.BROTLI, script.getBytes(StandardCharsets.UTF_8)));
        assertThat(reply.headers().firstValue("ETag")).contains("\"abc\"");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeDecodedIsAProblemDocument(Container.Kind kind) throws Exception {
        unreadable.clear();
        for (String query : new String[] {"coded=GZIP&cut", "coding=br", "coding=compress", "coded=ZSTD&cut"}) {
            HttpResponse<byte[]> reply = get(kind, REFRESH + query, BROWSER);
            assertThat(reply.statusCode()).as(query).isEqualTo(502);
            assertThat(decoded(reply)).contains("\"status\":502", "unreadable_coding");
        }
        assertThat(unreadable).containsOnly("unreadable_coding").hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void aProblemDocumentIsReadableAfterCodedBytesWereMade(Container.Kind kind) throws Exception {
        // An asynchronous writer's pieces leave the encoder at once, and wait in the container's buffer.
        String body = URLEncoder.encode("{\"messages\":[" + GREETING + ",", StandardCharsets.UTF_8);
        HttpResponse<byte[]> reply = get(kind, REFRESH + "coded=GZIP&way=ASYNC_LISTENER&body=" + body, BROWSER);
        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(decoded(reply)).contains("truncated");
    }

    @ParameterizedTest
    @EnumSource
    void aCodedReplyThatBreaksOffNeverLooksWhole(Container.Kind kind) {
        URI asked = uri(kind).resolve(REFRESH);
        assertThat(asked).isNotNull();
        assertThatThrownBy(() -> get(kind, REFRESH + "coded=GZIP&cut&truncate", BROWSER))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void nothingStaysNothing(Container.Kind kind) throws Exception {
        HttpResponse<byte[]> empty = get(kind, REFRESH + "coded=GZIP&body=", BROWSER);
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(decoded(empty)).isEmpty();
        assertThat(get(kind, REFRESH + "coding=gzip&body=", BROWSER).body()).isEmpty();
        HttpResponse<Void> head = client.send(
                HttpRequest.newBuilder(uri(kind).resolve(REFRESH + "coded=GZIP"))
                        .header("Accept-Encoding", BROWSER)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> containersAndAsynchrony() {
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> Stream.of(true, false).map(isAsynchronous -> Arguments.of(kind, isAsynchronous)));
    }

    @ParameterizedTest
    @MethodSource("containersAndAsynchrony")
    void aCodedEventCanBeReadBeforeTheNextIsSent(Container.Kind kind, boolean isAsynchronous) throws Exception {
        EventSource source = new EventSource(isAsynchronous);
        try (Container container = Container.start(kind, filter(), Map.of("/*", source))) {
            HttpResponse<InputStream> reply = client.send(
                    HttpRequest.newBuilder(container.uri())
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(coding(reply)).isEqualTo("gzip");
            InputStream body = new GZIPInputStream(reply.body());
            String first = "{\"messages\":[" + GREETING;
            int length = first.getBytes(StandardCharsets.UTF_8).length;
            assertThat(new String(body.readNBytes(length), StandardCharsets.UTF_8))
                    .isEqualTo(first);
            source.sendRest();
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("]}");
        }
    }
}
