package io.undertone.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.HiddenMessage;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.management.Readiness;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UndertoneApplicationTest extends ProxyTest {
    private static final String TOKEN = "s3cret-token";

    private UndertoneApplication application(String yaml) throws IOException {
        Map<String, String> environment =
                Map.of("UNDERTONE_MANAGEMENT_TOKEN", TOKEN, "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID());
        UndertoneConfig config = ConfigReader.parse(yaml, environment);
        return stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
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
}
