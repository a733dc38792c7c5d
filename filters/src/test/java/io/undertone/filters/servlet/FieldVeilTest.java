package io.undertone.filters.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application says beside the body, by every method that the Servlet API has for it. */
class FieldVeilTest {
    private final List<String> unreadable = Collections.synchronizedList(new ArrayList<>());

    private interface Reply {
        void to(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    /** How an application says it, by name; each says "kept" as well. */
    private static final Map<String, Reply> WAYS = Map.ofEntries(
            entry("setHeader", (request, response) -> {
                response.setHeader("X-Note", "kept");
                response.setHeader("X-Said", "say #undertone#");
            }),
            entry("addHeader", (request, response) -> {
                response.addHeader("Link", "</kept>");
                response.addHeader("Link", "</say>; title=\"#undertone#\"");
            }),
            entry("setIntHeader", (request, response) -> {
                response.setIntHeader("X-Said", 1704711);
                response.setHeader("X-Note", "kept");
            }),
            entry(
                    "setContentType",
                    (request, response) -> response.setContentType("text/kept; title=\"say #undertone#\"")),
            entry(
                    "setHeader of the type",
                    (request, response) -> response.setHeader("Content-Type", "text/kept; title=say%23undertone%23")),
            entry("addCookie", (request, response) -> {
                response.addCookie(new Cookie("a", "kept"));
                response.addCookie(new Cookie("b", "say%23undertone%23"));
            }),
            entry("a cookie's attribute", (request, response) -> {
                response.addCookie(new Cookie("a", "kept"));
                Cookie cookie = new Cookie("b", "say");
                cookie.setPath("/#undertone#");
                response.addCookie(cookie);
            }),
            entry("setTrailerFields", (request, response) -> {
                response.setHeader("Trailer", "X-Said, X-Note");
                response.setTrailerFields(() -> Map.of("X-Said", "say #undertone#", "X-Note", "kept"));
                response.getOutputStream().write("{}".getBytes(UTF_8));
            }),
            entry("sendRedirect", (request, response) -> {
                response.setHeader("X-Note", "kept");
                response.sendRedirect("/?say=%23undertone%23");
            }),
            entry("before sendError", (request, response) -> {
                response.setHeader("X-Note", "kept");
                response.setHeader("X-Said", "say #undertone#");
                response.sendError(404);
            }));

    private Container start(Container.Kind kind, Audience audience, Reply reply) throws Exception {
        KeywordSet keywords = KeywordSet.compile(
                1, List.of(Keyword.of("#undertone#", Visibility.VIP), Keyword.of("4711", Visibility.VIP)), List.of());
        VeilRoute route = new VeilRoute(Dialects.named(Dialects.AUTO).orElseThrow(), audience, OnUnreadable.WITHHOLD);
        VeilFilter filter = new VeilFilter(request -> Optional.of(route), () -> keywords, new VeilListener() {
            @Override
            public void unreadable(String reason, boolean withheld) {
                unreadable.add(reason + " " + withheld);
            }
        });
        HttpServlet servlet = new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                reply.to(request, response);
            }
        };
        return Container.start(kind, filter, Map.of("/*", servlet));
    }

    /** The whole reply as it crosses the wire. */
    private static String get(Container container) throws IOException {
        try (Socket socket = new Socket("localhost", container.uri().getPort())) {
            socket.getOutputStream()
                    .write("GET /genesys/2/chat/s/c HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    static Stream<Arguments> containersAndWays() {
        return Stream.of(Container.Kind.values())
                .flatMap(kind -> WAYS.keySet().stream().sorted().map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("containersAndWays")
    void howeverItIsSaidTheCustomerDoesNotHearIt(Container.Kind kind, String way) throws Exception {
        try (Container container = start(kind, Audience.CUSTOMER, Objects.requireNonNull(WAYS.get(way)))) {
            assertThat(get(container))
                    .doesNotContain("undertone", "4711", "say")
                    .contains("kept");
            assertThat(unreadable).containsExactly("keyword_in_header true");
        }
    }

    @ParameterizedTest
    @MethodSource("containersAndWays")
    void aSupervisorHearsItAll(Container.Kind kind, String way) throws Exception {
        try (Container container = start(kind, Audience.SUPERVISOR, Objects.requireNonNull(WAYS.get(way)))) {
            assertThat(get(container)).containsPattern("undertone|4711").contains("kept");
            assertThat(unreadable).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectIsOverWithItsCall(Container.Kind kind) throws Exception {
        try (Container container = start(kind, Audience.CUSTOMER, (request, response) -> {
            response.getOutputStream().write("page".getBytes(UTF_8));
            response.sendRedirect("/elsewhere?a=b");
            response.getOutputStream().write((response.isCommitted() ? "late" : "early").getBytes(UTF_8));
        })) {
            assertThat(get(container))
                    .startsWith("HTTP/1.1 302")
                    .containsPattern("Location: .*/elsewhere\\?a=b\r\n")
                    .doesNotContain("page", "late", "early");
        }
    }

    /** The methods of Servlet 6.1, which a container of that version finds on the response. */
    @ParameterizedTest
    @EnumSource
    void aRedirectOfANewerContainerIsJudgedAndMayHaveABody(Container.Kind kind) throws Exception {
        try (Container container = start(kind, Audience.CUSTOMER, (request, response) -> {
            VeilResponse veiled = (VeilResponse) response;
            response.setContentType("text/html");
            response.getOutputStream().write("<p>moved".getBytes(UTF_8));
            veiled.sendRedirect("/?say=%23undertone%23", false);
        })) {
            assertThat(get(container))
                    .startsWith("HTTP/1.1 302")
                    .endsWith("<p>moved")
                    .doesNotContain("Location");
        }
        try (Container container = start(kind, Audience.CUSTOMER, (request, response) -> ((VeilResponse) response)
                .sendRedirect("/there", 307))) {
            assertThat(get(container)).startsWith("HTTP/1.1 307").containsPattern("Location: .*/there\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAsGoodAsNoHeader(Container.Kind kind) throws Exception {
        try (Container container = start(kind, Audience.CUSTOMER, (request, response) -> {
            response.setContentType(null);
            response.setHeader("X-Note", null);
            response.addHeader("X-Note", null);
            response.setTrailerFields(() -> null);
            response.getOutputStream().write("{}".getBytes(UTF_8));
        })) {
            assertThat(get(container)).startsWith("HTTP/1.1 200").doesNotContain("X-Note");
        }
    }
}
