package io.undertone.filters.servlet;

import static io.undertone.filters.servlet.Application.AFTER;
import static io.undertone.filters.servlet.Application.BEFORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The ways round the filter that a container opens: error pages, other charsets, a second filter. */
class VeilCornersTest {
    private static final String REFRESH = "/genesys/2/chat/support/0004Xa/refresh";

    private static Filter veil(String dialect, String... keywords) {
        KeywordSet set = KeywordSet.compile(
                1,
                List.of(keywords).stream()
                        .map(text -> Keyword.of(text, Visibility.VIP))
                        .toList(),
                List.of());
        VeilRoute route =
                new VeilRoute(Dialects.named(dialect).orElseThrow(), Audience.CUSTOMER, OnUnreadable.WITHHOLD);
        return new VeilFilter(request -> Optional.of(route), () -> set, VeilListener.NONE);
    }

    private static HttpResponse<String> get(Container container, String pathAndQuery) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(container.uri().resolve(pathAndQuery))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** Fails with the words that it is asked for. */
    private static final class Failing extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(500, request.getParameter("words"));
        }
    }

    /** An application's error page, of any type. */
    private static final class Page extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType(request.getParameter("type"));
            response.getOutputStream().write(request.getParameter("page").getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContainersErrorPageSaysNoKeyword(Container.Kind kind) throws Exception {
        try (Container container =
                Container.start(kind, veil(Dialects.AUTO, "#undertone#"), Map.of("/*", new Failing()))) {
            HttpResponse<String> reply = get(container, REFRESH + "?words=" + encoded("no \u00ab#UNDERTONE#\u00bb"));
            assertThat(reply.statusCode()).isEqualTo(500);
            assertThat(reply.body()).doesNotContainIgnoringCase("undertone#");
            assertThat(get(container, REFRESH + "?words=" + encoded("no such chat"))
                            .body())
                    .contains("no such chat");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationsErrorPageIsJudgedAsAReplyToTheRequest(Container.Kind kind) throws Exception {
        try (Container container = Container.start(
                kind,
                veil(Dialects.AUTO, "#undertone#"),
                Map.of("/*", new Failing(), Container.ERROR_PAGE, new Page()))) {
            String html = REFRESH + "?type=text/html&page=";
            HttpResponse<String> leaking = get(container, html + encoded("<p>&#35;undertone#</p>"));
            assertThat(leaking.statusCode()).isEqualTo(502);
            assertThat(leaking.body()).doesNotContain("undertone#").contains("Reply withheld");
            HttpResponse<String> harmless = get(container, html + encoded("<p>&copy; ACME</p>"));
            assertThat(harmless.statusCode()).isEqualTo(500);
            assertThat(harmless.body()).isEqualTo("<p>&copy; ACME</p>");
            assertThat(get(container, REFRESH + "?type=application/json&page=" + encoded(BEFORE))
                            .body())
                    .isEqualTo(AFTER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoFiltersInOneChainJudgeEachByItsOwnKeywords(Container.Kind kind) throws Exception {
        Filter outer = veil(Dialects.GENESYS_V2, "#undertone#");
        Filter inner = veil(Dialects.GENESYS_V2, "hello");
        Filter both = (request, response, chain) -> outer.doFilter(
                request, response, (outerRequest, outerResponse) -> inner.doFilter(outerRequest, outerResponse, chain));
        try (Container container = Container.start(kind, both, Map.of("/*", new Application()))) {
            for (Application.Way way : Application.Way.values()) {
                assertThat(get(container, REFRESH + "?way=" + way).body())
                        .as(way.name())
                        .isEqualTo("{\"statusCode\":0,\"messages\":[],\"nextPosition\":6}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCharsetInWhichAKeywordMayLookLikeNoneIsNotBelieved(Container.Kind kind) throws Exception {
        try (Container container =
                Container.start(kind, veil(Dialects.AUTO, "#undertone#"), Map.of("/*", new Application()))) {
            String utf7 = "{\"messages\":[{\"text\":\"+ACM-undertone+ACM-\"}]}";
            for (String charset : new String[] {"utf-7", "\"UTF-7\"", "HZ-GB-2312", "utf-16", "x-unheard-of"}) {
                for (String type : new String[] {"application/json", "text/plain", "text/javascript"}) {
                    HttpResponse<String> reply = get(
                            container,
                            REFRESH + "?type=" + encoded(type + ";charset=" + charset) + "&body=" + encoded(utf7));
                    assertThat(reply.statusCode()).as(charset).isEqualTo(502);
                    assertThat(reply.body()).contains("not_utf8");
                }
            }
            for (String charset : new String[] {"utf-8", "UTF8", "ISO-8859-1", "windows-1252"}) {
                assertThat(get(container, REFRESH + "?type=" + encoded("application/json; charset=" + charset))
                                .headers()
                                .firstValueAsLong("Content-Length"))
                        .as(charset)
                        .hasValue(AFTER.getBytes(UTF_8).length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesByAnyNameAreJudgedOneByOne(Container.Kind kind) throws Exception {
        try (Container container =
                Container.start(kind, veil(Dialects.AUTO, "#undertone#"), Map.of("/*", new Application()))) {
            for (String type : new String[] {"application/stream+json", "application/ndjson", "application/jsonl"}) {
                assertThat(get(
                                        container,
                                        REFRESH + "?type=" + encoded(type) + "&body="
                                                + encoded(BEFORE + "\r\n" + BEFORE + "\n"))
                                .body())
                        .as(type)
                        .isEqualTo(AFTER + "\r\n" + AFTER + "\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathThatDecodesToALineDoesNotBreakALineOfTheLog(Container.Kind kind) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(Exchange.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
        try (Container container =
                Container.start(kind, veil(Dialects.AUTO, "#undertone#"), Map.of("/*", new Application()))) {
            assertThat(get(container, "/genesys/2/chat/a%E2%80%A8ERROR%20all%20is%20lost/c/refresh?body=%7B")
                            .statusCode())
                    .isEqualTo(502);
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(
                        "withheld the reply to /genesys/2/chat/a%E2%80%A8ERROR%20all%20is%20lost/c/refresh: truncated");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, Charset.forName("UTF-8"));
    }
}
