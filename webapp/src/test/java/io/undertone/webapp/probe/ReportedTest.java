package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.Container;
import io.undertone.webapp.ProxyTest;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Workflows that send probes themselves and report what came back, over real HTTP; time passes when a test says so. */
@Timeout(60)
class ReportedTest extends ProxyTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String NOT_FOUND = "outcome=fault&FaultCode=100&FaultString=not+found";

    private final ManualTime time = new ManualTime();
    private final SightingNode node = SightingNode.alone(time);
    private int port;

    @BeforeEach
    void startUndertone() throws Exception {
        stopLater(node);
        ProbeConfig config = ConfigReader.parse("probe: {transport: reported, visibility: VIP}", Map.of())
                .probe();
        Prober prober =
                Prober.of(config, node.sightings(), BrokenMemory.alone(), time.timing(), new SimpleMeterRegistry());
        stopLater(prober);
        Reports reports = prober.reports().orElseThrow();
        port = start(Container.JETTY, 1, context -> {
                    var question = context.addServlet("question", new ProbeServlet(prober));
                    question.setAsyncSupported(true);
                    question.addMapping("/probe");
                    context.addServlet("text", new ProbeTextServlet(reports)).addMapping("/probe/text");
                })
                .port();
    }

    @Test
    void aProbeIsIssuedWithAllThatItsRequestSays() throws Exception {
        JsonNode probe = json(get("/probe/text?InteractionId=ixn&ChatServerAppName=A"));

        assertThat(probe.propertyNames())
                .containsExactly(
                        "interaction_id",
                        "probe_id",
                        "server",
                        "service",
                        "method",
                        "Visibility",
                        "Nickname",
                        "MessageText");
        assertThat(probe.path("server").asString()).isEqualTo("A");
        assertThat(probe.path("MessageText").asString()).startsWith("#undertone# ");
        assertThat(probe.path("Visibility").asString()).isEqualTo("VIP");
        assertThat(get("/probe/text?InteractionId=ixn&format=form").body())
                .startsWith("interaction_id=ixn&probe_id=")
                .contains("&MessageText=%23undertone%23+");
        assertThat(get("/probe/text").statusCode()).isEqualTo(400);
    }

    @Test
    void aChatIsGoneWhenItsServerSaidSoTwiceAndMore() throws Exception {
        assertThat(report("ixn", "A", NOT_FOUND)).isEqualTo("unknown one_fault_only true 10000");
        time.advance(INTERVAL);
        assertThat(report("ixn", "A", NOT_FOUND)).isEqualTo("unknown ask_again true 10000");
        time.advance(INTERVAL);
        assertThat(report("ixn", "A", NOT_FOUND)).isEqualTo("gone interaction_not_found false 0");
    }

    @Test
    void aServerThatIsDownIsUnreachableWhenItWasSaidEachTime() throws Exception {
        for (int attempt = 1; attempt < 3; attempt++) {
            assertThat(report("ixn", "A", "outcome=error&ErrorCode=1")).startsWith("unreachable no_chat_server true");
            time.advance(INTERVAL);
        }
        assertThat(report("ixn", "A", "outcome=error&ErrorCode=1")).isEqualTo("unreachable no_chat_server false 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=response | alive accepted true 0
            outcome=response&FaultCode=100 | unknown transport_failed true 10000
            outcome=timeout | unknown timed_out true 10000
            outcome=fault&FaultCode=7 | unknown other_fault true 10000
            outcome=error&ErrorCode=2 | unknown transport_failed true 10000
            """)
    void whatIsReportedIsJudgedAsWhatWeWouldHaveSeen(String report, String answer) throws Exception {
        assertThat(report("ixn", "A", report)).isEqualTo(answer);
    }

    @Test
    void whatIsReportedOfOneChatSaysNothingOfAnotherOneOfItsServer() throws Exception {
        report("one", "A", "outcome=error&ErrorCode=1");

        assertThat(report("other", "A", "outcome=response")).isEqualTo("alive accepted true 0");
        assertThat(report("third", "A", NOT_FOUND)).isEqualTo("unknown one_fault_only true 10000");
    }

    @Test
    void aReportCountsForItsOwnChatAndOnce() throws Exception {
        String probe = issue("one", "A");
        issue("other", "A");

        assertThat(ask("other", "A", probe, NOT_FOUND).statusCode()).isEqualTo(409);
        assertThat(ask("one", "A", probe, NOT_FOUND).statusCode()).isEqualTo(200);
        time.advance(INTERVAL);
        HttpResponse<String> again = ask("one", "A", probe, NOT_FOUND);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("/api/v1/probe/text").doesNotContain(probe);
    }

    @Test
    void aReportThatIsOlderThanAMinuteIsRefused() throws Exception {
        String probe = issue("ixn", "A");
        time.advance(Reports.REPORTABLE.plusSeconds(1));

        assertThat(ask("ixn", "A", probe, NOT_FOUND).statusCode()).isEqualTo(409);
    }

    @Test
    void aReportOfAnotherServerThanTheChatHasNowProvesNothing() throws Exception {
        String probe = issue("ixn", "A");

        assertThat(told(ask("ixn", "B", probe, NOT_FOUND))).isEqualTo("unknown transport_failed true 10000");
    }

    @Test
    void faultsThatWereNotAnIntervalApartAreOne() throws Exception {
        report("ixn", "A", NOT_FOUND);
        String early = issue("ixn", "A");
        time.advance(INTERVAL);
        assertThat(told(ask("ixn", "A", early, NOT_FOUND))).isEqualTo("unknown transport_failed true 10000");
        time.advance(INTERVAL);
        assertThat(report("ixn", "A", NOT_FOUND)).isEqualTo("gone interaction_not_found false 0");
    }

    @Test
    void aReportThatCameTooEarlyIsNotKeptForLater() throws Exception {
        report("ixn", "A", NOT_FOUND);
        report("ixn", "A", NOT_FOUND);
        time.advance(INTERVAL);

        assertThat(told(get("/probe?InteractionId=ixn&ChatServerAppName=A")))
                .isEqualTo("unknown transport_failed true 10000");
    }

    @Test
    void aCustomerWhoWasSentTheProbeOutweighsEveryReport() throws Exception {
        JsonNode probe = json(get("/probe/text?InteractionId=ixn&ChatServerAppName=A"));
        node.hides(probe.path("MessageText").asString(), "ixn");

        assertThat(told(ask("ixn", "A", probe.path("probe_id").asString(), NOT_FOUND)))
                .isEqualTo("alive sighted true 0");
    }

    @ParameterizedTest
    @CsvSource({
        "outcome=gone&probe_id=1, send response; fault; error or timeout",
        "outcome=response, outcome stands without probe_id",
        "mode=patient, here the workflow sends the probes"
    })
    void aMistakeIsNamed(String parameters, String detail) throws Exception {
        HttpResponse<String> reply = get("/probe?InteractionId=ixn&" + parameters);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains(detail.replace(';', ','));
    }

    private String report(String interactionId, String server, String report) throws Exception {
        return told(ask(interactionId, server, issue(interactionId, server), report));
    }

    private String issue(String interactionId, String server) throws Exception {
        return json(get("/probe/text?InteractionId=" + interactionId + "&ChatServerAppName=" + server))
                .path("probe_id")
                .asString();
    }

    private HttpResponse<String> ask(String interactionId, String server, String probe, String report)
            throws Exception {
        return get("/probe?InteractionId=%s&ChatServerAppName=%s&probe_id=%s&%s"
                .formatted(interactionId, server, probe, report));
    }

    private static String told(HttpResponse<String> reply) {
        JsonNode answer = json(reply);
        return "%s %s %s %s"
                .formatted(
                        answer.path("verdict").asString(),
                        answer.path("reason").asString(),
                        answer.path("route").asString(),
                        answer.path("retry_after_ms").asString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(reply.body());
    }
}
