package io.undertone.filters.servlet;

import static io.undertone.filters.servlet.Application.AFTER;
import static io.undertone.filters.servlet.Application.BEFORE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.coding.ContentCoding;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where no chat is known to be spoken of, a body shows by itself whether it is a chat's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OffChatPathsTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Container.Kind, Container> containers = new EnumMap<>(Container.Kind.class);

    @BeforeAll
    void start() throws Exception {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of("#undertone#", Visibility.VIP)), List.of());
        VeilRoute route =
                new VeilRoute(Dialects.named(Dialects.AUTO).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        VeilFilter filter = new VeilFilter(request -> Optional.of(route), () -> keywords, VeilListener.NONE);
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

    private HttpResponse<byte[]> get(Container.Kind kind, String type, String body, String more) throws Exception {
        Assumptions.assumeTrue(containers.containsKey(kind), kind + " is not on this class path");
        String query = "?type=" + URLEncoder.encode(type, UTF_8) + "&body=" + URLEncoder.encode(body, UTF_8) + more;
        return client.send(
                HttpRequest.newBuilder(Objects.requireNonNull(containers.get(kind))
                                .uri()
                                .resolve("/app/state" + query))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private String text(Container.Kind kind, String type, String body, String more) throws Exception {
        return new String(get(kind, type, body, more).body(), UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsJudgedByWhateverNameItComes(Container.Kind kind) throws Exception {
        for (String type : List.of(
                "application/json charset=utf-8",
                "application/x-json",
                "text/x-json; charset=utf-8",
                "application/vnd.acme.json",
                "APPLICATION/JSON",
                "text/javascript",
                "application/javascript; charset=utf-8",
                "text/css",
                "")) {
            assertThat(text(kind, type, BEFORE, "")).as(type).isEqualTo(AFTER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsJudgedHoweverItIsGuarded(Container.Kind kind) throws Exception {
        for (String call : List.of(
                "cb(%s)",
                "/**/cb['7']( %s );\n",
                "/**/ typeof cb === 'function' && cb(%s);",
                "typeof a.b[\"c\"]==\"function\"&&a.b[\"c\"](%s);")) {
            for (String type : List.of("text/javascript; charset=utf-8", "application/jsonp; charset=utf-8")) {
                for (String way : List.of("AT_ONCE", "BYTE_BY_BYTE")) {
                    assertThat(text(kind, type, call.formatted(BEFORE), "&way=" + way))
                            .as(call)
                            .isEqualTo(call.formatted(AFTER));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void guardedJsonIsWithheldIfAKeywordIsInItAndPassesOtherwise(Container.Kind kind) throws Exception {
        for (String guard : List.of("\uFEFF", ")]}',\n", ")]}\n", "while(1);", "for (;;); ", "\uFEFF\n)]}'")) {
            for (String type : List.of("text/plain; charset=utf-8", "text/javascript; charset=utf-8", "")) {
                for (String way : List.of("AT_ONCE", "BYTE_BY_BYTE")) {
                    assertThat(get(kind, type, guard + BEFORE, "&way=" + way).statusCode())
                            .as(guard + type)
                            .isEqualTo(502);
                    assertThat(text(kind, type, guard + AFTER, "&way=" + way))
                            .as(guard + type)
                            .isEqualTo(guard + AFTER);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void jsonInWideCharactersIsWithheld(Container.Kind kind) throws Exception {
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "x-UTF-16LE-BOM")) {
            assertThat(get(kind, "text/plain", BEFORE, "&in=" + charset).statusCode())
                    .as(charset)
                    .isEqualTo(502);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationsOwnPagesScriptsAndTextsStreamThrough(Container.Kind kind) throws Exception {
        for (String script : List.of(
                "(function(){say('#undertone#')})({})",
                "/* #undertone# */ start({})",
                "typeof start === 'object' && start({a: '#undertone#'})",
                "while (1) { say('#undertone#') }",
                "var a = [\"#undertone#\"]",
                "\uFEFFlet a = {}; say('#undertone#')",
                ")]} #undertone#")) {
            assertUntouched(kind, "text/javascript", script, "UTF-8");
            assertUntouched(kind, "text/plain", script, "UTF-16");
        }
        assertUntouched(kind, "text/html", "<p>#undertone# {\"a\":1}</p>", "UTF-8");
        assertUntouched(kind, "image/svg+xml", "<svg id='#undertone#'/>", "UTF-8");
        assertUntouched(kind, "application/octet-stream", "{\"a\":\"#undertone#\"}", "UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCompressedIsJudgedByItsBeginningToo(Container.Kind kind) throws Exception {
        for (ContentCoding coding : ContentCoding.values()) {
            for (String type :
                    List.of("text/html", "text/css", "text/csv", "text/xml", "text/javascript", "text/plain")) {
                for (String body : List.of("{\"a\":\"#undertone#\"}", ")]}'\n[\"#undertone#\"]")) {
                    assertThat(get(kind, type, body, "&coded=" + coding).statusCode())
                            .as("%s of %s: %s", coding, type, body)
                            .isEqualTo(502);
                }
            }
            assertThat(get(kind, "text/javascript", "call({\"text\":\"#undertone#\"})", "&coded=" + coding)
                            .body())
                    .as("%s of a call", coding)
                    .asString(ISO_8859_1)
                    .doesNotContain("undertone");
            HttpResponse<byte[]> page = get(kind, "text/html", "<p>#undertone#</p>", "&coded=" + coding);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("ETag")).contains("\"abc\"");
        }
    }

    private void assertUntouched(Container.Kind kind, String type, String body, String charset) throws Exception {
        HttpResponse<byte[]> reply = get(kind, type, body, "&in=" + charset);
        assertThat(new String(reply.body(), ISO_8859_1))
                .as(type)
                .isEqualTo(new String(body.getBytes(charset), ISO_8859_1));
        assertThat(reply.headers().firstValue("ETag")).contains("\"abc\"");
    }
}
