package io.undertone.filters.servlet;

import static io.undertone.filters.servlet.Application.AFTER;
import static io.undertone.filters.servlet.Application.GREETING;
import static io.undertone.filters.servlet.Application.PROBE;
import static io.undertone.filters.servlet.Application.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.servlet.Application.Way;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter in front of applications that write in every way there is, in real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VeilFilterTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Container.Kind, Container> containers = new EnumMap<>(Container.Kind.class);
    private final List<HiddenMessage> hidden = Collections.synchronizedList(new ArrayList<>());
    private final List<String> unreadable = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void start() throws Exception {
        KeywordSet keywords = KeywordSet.compile(
                1,
                List.of(Keyword.of("#undertone#", Visibility.VIP)),
                List.of(new HiddenParticipant("undertone", SenderKind.EXTERNAL)));
        VeilRoute route = new VeilRoute(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        VeilFilter filter = new VeilFilter(request -> Optional.of(route), () -> keywords, new VeilListener() {
            @Override
            public void hidden(VeilRoute route, HiddenMessage message) {
                hidden.add(message);
            }

            @Override
            public void unreadable(String reason, boolean withheld) {
                unreadable.add(reason);
            }
        });
        for (Container.Kind kind : Container.AVAILABLE) {
            containers.put(kind, Container.start(kind, filter, Map.of("/*", new Application())));
        }
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

    private HttpResponse<String> get(Container.Kind kind, String pathAndQuery) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(kind).resolve(pathAndQuery)).build(), BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Stream<Arguments> containersAndWays() {
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> Stream.of(Way.values()).map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("containersAndWays")
    void howeverItIsWrittenAMessageIsHidden(Container.Kind kind, Way way) throws Exception {
        HttpResponse<String> reply = get(kind, "/genesys/2/chat/support/0004Xa/refresh?way=" + way);
        assertThat(reply.body()).isEqualTo(AFTER);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("X-Kept")).contains("yes");
        assertThat(reply.headers().firstValue("ETag")).isEmpty();
        assertThat(hidden.get(hidden.size() - 1).chatId()).isEqualTo("0004Xa");
    }

    @ParameterizedTest
    @MethodSource("containersAndWays")
    void aLargeReplyIsLeftAsItIsToTheByte(Container.Kind kind, Way way) throws Exception {
        if (way == Way.BYTE_BY_BYTE || way == Way.ASYNC_DISPATCH || way == Way.FORWARD) {
            return;
        }
        HttpResponse<String> reply = get(kind, "/genesys/2/chat/a/b/refresh?large&way=" + way);
        assertThat(reply.body()).isEqualTo(large(GREETING));
    }

    @ParameterizedTest
    @EnumSource
    void theLengthIsThatOfWhatIsLeft(Container.Kind kind) throws Exception {
        HttpResponse<String> reply = get(kind, "/genesys/2/chat/a/b/refresh?way=WITH_LENGTH");
        assertThat(reply.headers().firstValueAsLong("Content-Length"))
                .hasValue(AFTER.getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @EnumSource
    void headHasNoLengthThatCouldBeWrong(Container.Kind kind) throws Exception {
        HttpResponse<Void> reply = client.send(
                HttpRequest.newBuilder(uri(kind).resolve("/genesys/2/chat/a?way=WITH_LENGTH"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("ETag")).isEmpty();
        assertThat(reply.headers().firstValue("Content-Length")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noContentStaysNoContent(Container.Kind kind) throws Exception {
        HttpResponse<String> reply = get(kind, "/genesys/2/chat/a/b/refresh?status=204&body=");
        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.headers().firstValue("ETag")).contains("\"abc\"");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyReplyPasses(Container.Kind kind) throws Exception {
        assertThat(get(kind, "/genesys/2/chat/a/b/refresh?body=").body()).isEmpty();
        assertThat(get(kind, "/genesys/2/chat/a/b/refresh?body=").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anotherTypeDoesNotHelp(Container.Kind kind) throws Exception {
        for (String type : new String[] {"text/plain", "", "text/html;charset=utf-8", "application/vnd.x%2Bjson"}) {
            assertThat(get(kind, "/genesys/2/chat/a/b/refresh?type=" + type).body())
                    .as(type)
                    .isEqualTo(AFTER);
        }
        assertThat(get(kind, "/elsewhere").body()).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @EnumSource
    void anotherSpellingOfThePathDoesNotHelp(Container.Kind kind) throws Exception {
        for (String path : new String[] {
            "/genesys/2/ch%61t/s/c/refresh",
            "/genesys/2/chat;a=b/s/c/refresh",
            "/GENESYS/2/CHAT/s/c/refresh",
            "/elsewhere"
        }) {
            for (String type : new String[] {"text/plain", "", "application/json,text/plain"}) {
                assertThat(get(kind, path + "?type=" + type).body()).as(path).isEqualTo(AFTER);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("containersAndWays")
    void whatLooksLikeAChatIsJudgedHoweverItBegins(Container.Kind kind, Way way) throws Exception {
        if (way == Way.AFTER_RESET) {
            // It sets a type of its own.
            return;
        }
        HttpResponse<String> reply = get(kind, "/elsewhere?type=text/plain%3Bcharset=utf-8&flushFirst&way=" + way);
        assertThat(reply.body().strip()).isEqualTo(AFTER);
        String call = get(
                        kind,
                        "/elsewhere?type=text/javascript%3Bcharset=utf-8&way=" + way + "&body="
                                + encoded("cb(" + Application.BEFORE + ");"))
                .body();
        assertThat(call).isEqualTo("cb(" + AFTER + ");");
    }

    @ParameterizedTest
    @EnumSource
    void aPartOfAReplyIsNotSent(Container.Kind kind) throws Exception {
        assertThat(get(kind, "/genesys/2/chat/a/b/refresh?status=206").statusCode())
                .isEqualTo(502);
    }

    @ParameterizedTest
    @EnumSource
    void pagesScriptsAndDownloadsAreNotTouched(Container.Kind kind) throws Exception {
        String page = "<p>the keyword is #undertone#</p>";
        assertThat(get(kind, "/help.html?type=text/html&body=" + encoded(page)).body())
                .isEqualTo(page);
        HttpResponse<String> file =
                get(kind, "/genesys/2/chat/a/b/file/7/download?type=application/pdf&body=" + encoded(page));
        assertThat(file.body()).isEqualTo(page);
        assertThat(file.headers().firstValue("ETag")).contains("\"abc\"");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadIsAProblemDocument(Container.Kind kind) throws Exception {
        unreadable.clear();
        for (String query : new String[] {
            "body=" + encoded("{\"messages\":["), "coding=gzip", "type=text/html&body=" + encoded("<p>#UNDERTONE#")
        }) {
            HttpResponse<String> reply = get(kind, "/genesys/2/chat/a/b/refresh?" + query);
            assertThat(reply.statusCode()).isEqualTo(502);
            assertThat(reply.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
            assertThat(reply.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(reply.body()).contains("\"status\":502").doesNotContainIgnoringCase("undertone#");
        }
        assertThat(unreadable).containsExactly("truncated", "unreadable_coding", "unknown_type");
        String gateway = "<h1>503</h1>";
        assertThat(get(kind, "/genesys/2/chat/a?type=text/html&body=" + encoded(gateway))
                        .body())
                .isEqualTo(gateway);
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatBreaksOffNeverLooksWhole(Container.Kind kind) {
        assertThat(uri(kind)).isNotNull();
        assertThatThrownBy(() -> get(
                        kind,
                        "/genesys/2/chat/a/b/refresh?truncate&body="
                                + encoded("{\"messages\":[" + GREETING + ",{\"a\"")))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsTheContainers(Container.Kind kind) throws Exception {
        assertThat(get(kind, "/genesys/2/chat/a/b/refresh?error").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource
    void aJudgedMessageDoesNotWaitForTheNext(Container.Kind kind) throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        HttpServlet slow = new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.setContentType("application/json");
                response.getOutputStream()
                        .write(("{\"messages\":[" + PROBE + "," + GREETING).getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
                try {
                    next.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                response.getOutputStream().write("]}".getBytes(StandardCharsets.UTF_8));
            }
        };
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        VeilRoute route = new VeilRoute(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        VeilFilter filter = new VeilFilter(request -> Optional.of(route), () -> keywords, VeilListener.NONE);
        try (Container container = Container.start(kind, filter, Map.of("/*", slow))) {
            InputStream body = client.send(
                            HttpRequest.newBuilder(container.uri()).build(), BodyHandlers.ofInputStream())
                    .body();
            String first = "{\"messages\":[" + GREETING;
            int length = first.getBytes(StandardCharsets.UTF_8).length;
            assertThat(new String(body.readNBytes(length), StandardCharsets.UTF_8))
                    .isEqualTo(first);
            next.countDown();
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("]}");
        }
    }
}
