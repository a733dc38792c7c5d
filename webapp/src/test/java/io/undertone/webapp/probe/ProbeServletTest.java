package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class ProbeServletTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ImpatientScheduler scheduler = new ImpatientScheduler();
    private InteractionServerStandIn interactionServer;
    private SightingNode sightings;
    private Server jetty;

    @BeforeEach
    void start() throws Exception {
        interactionServer = new InteractionServerStandIn();
        interactionServer.answersProbesWith(
                InteractionServerStandIn.json(InteractionServerStandIn.fault("100", "not <found> & \\\"gone\\\" ü")));
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T19:00:00Z"), ZoneOffset.UTC);
        sightings = SightingNode.alone(clock);
        Prober prober = Prober.of(
                interactionServer.config(),
                sightings.sightings(),
                BrokenMemory.alone(),
                scheduler.timing(clock),
                new SimpleMeterRegistry());
        ServletHolder holder = new ServletHolder(new ProbeServlet(prober));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/api/v1/probe");
        jetty = new Server(0);
        jetty.setHandler(context);
        jetty.start();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        interactionServer.close();
        scheduler.shutdownNow();
        sightings.close();
    }

    @Test
    void jsonIsTheDefault() throws Exception {
        HttpResponse<String> response = get("InteractionId=0006Ka9HFHRR0T2B&ChatServerAppName=ChatServer_A&IsOnline=1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("""
                        {"interaction_id":"0006Ka9HFHRR0T2B","verdict":"gone","route":false,"reason":"interaction_not_found",\
                        "evidence":"server","fault_code":"100","fault_string":"not <found> & \\"gone\\" ü",\
                        "server":"ChatServer_A","attempt":3,"attempts_max":3,"retry_after_ms":0,"cached":false,\
                        "checked_at":"2026-11-22T19:00:00Z"}""");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json;charset=utf-8");
        assertThat(response.headers().firstValueAsLong("Content-Length")).isPresent();
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void xmlIsFlatAndEscaped() throws Exception {
        HttpResponse<String> response = get("InteractionId=0006Ka9HFHRR0T2B&ChatServerAppName=A&format=xml");

        assertThat(response.body()).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?><probe><interaction_id>0006Ka9HFHRR0T2B</interaction_id>\
                        <verdict>gone</verdict><route>false</route><reason>interaction_not_found</reason>\
                        <evidence>server</evidence><fault_code>100</fault_code>\
                        <fault_string>not &lt;found&gt; &amp; "gone" ü</fault_string><server>A</server>\
                        <attempt>3</attempt><attempts_max>3</attempts_max><retry_after_ms>0</retry_after_ms>\
                        <cached>false</cached><checked_at>2026-11-22T19:00:00Z</checked_at></probe>""");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/xml;charset=utf-8");
    }

    @Test
    void textIsTheVerdictAlone() throws Exception {
        HttpResponse<String> response = get("InteractionId=x&ChatServerAppName=A&format=text");

        assertThat(response.body()).isEqualTo("gone");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("text/plain;charset=utf-8");
    }

    @Test
    void formIsPercentEncoded() throws Exception {
        HttpResponse<String> response = get("InteractionId=x&ChatServerAppName=A&format=form");

        assertThat(response.body())
                .startsWith("interaction_id=x&verdict=gone&route=false&")
                .contains("&fault_string=not+%3Cfound%3E+%26+%22gone%22+%C3%BC&")
                .endsWith("&checked_at=2026-11-22T19%3A00%3A00Z");
        assertThat(response.headers().allValues("Content-Type")).containsExactly(FORM + ";charset=utf-8");
    }

    @Test
    void detailsSayWhyAndWhatEachAttemptEndedWith() throws Exception {
        JsonNode answer = JsonMapper.shared()
                .readTree(get("InteractionId=x&ChatServerAppName=A&format=details")
                        .body());

        assertThat(answer.path("verdict").asString()).isEqualTo("gone");
        assertThat(answer.path("why").asString()).contains("does not know the session");
        assertThat(answer.path("attempts").values()).hasSize(3).allSatisfy(attempt -> assertThat(attempt.toString())
                .isEqualTo("""
                        {"at":"2026-11-22T19:00:00Z","server":"A","outcome":"fault","fault_code":"100",\
                        "fault_string":"not <found> & \\"gone\\" ü","what":"fault 100: not <found> & \\"gone\\" ü"}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/plain | text/plain",
                "TEXT/XML | application/xml",
                "application/json;q=0.1, application/xml;q=0.9 | application/xml",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/xml",
                "text/plain;q=0, application/x-www-form-urlencoded;q=0.1 | application/x-www-form-urlencoded",
                "image/png | application/json",
                "text/plain;q=high;;,\"  | application/json",
            })
    void theFormatFollowsTheAcceptHeader(String accept, String mediaType) throws Exception {
        HttpResponse<String> response = send(
                request("InteractionId=x&IsOnline=0").header("Accept", accept).GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(mediaType + ";charset=utf-8");
    }

    @Test
    void theFormatParameterWinsOverTheAcceptHeader() throws Exception {
        HttpResponse<String> response = send(request("InteractionId=x&IsOnline=0&format=TEXT")
                .header("Accept", "application/xml")
                .GET());

        assertThat(response.body()).isEqualTo("offline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | InteractionId=a%20b&ChatServerAppName=ChatServer_%C3%9C&IsOnline=1&Subject=tea",
                "application/x-www-form-urlencoded; charset=UTF-8 | InteractionId=a+b&ChatServerAppName=ChatServer_%C3%9C&IsOnline=&flag",
                "application/json | {'InteractionId':'a b','ChatServerAppName':'ChatServer_Ü','IsOnline':'1','Lists':[1,{}]}",
                "application/json;charset=utf-8 | {'InteractionId':' a b ','ChatServerAppName':'ChatServer_Ü','IsOnline':true}",
                "Application/JSON | {'interactionid':'a b','CHATSERVERAPPNAME':'ChatServer_Ü','IsOnline':1,'ChatServerPort':7160}",
                "application/json | {'InteractionId':'a b','interactionid':'other','ChatServerAppName':'ChatServer_Ü','IsOnline':null}",
            })
    void aQuestionMayBePosted(String contentType, String body) throws Exception {
        HttpResponse<String> response = post("", contentType, body.replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = JsonMapper.shared().readTree(response.body());
        assertThat(answer.path("interaction_id").asString()).isEqualTo("a b");
        assertThat(answer.path("server").asString()).isEqualTo("ChatServer_Ü");
        assertThat(answer.path("verdict").asString()).isEqualTo("gone");
    }

    @Test
    void aPostMayHaveItsParametersInTheQuery() throws Exception {
        assertThat(post("InteractionId=x&IsOnline=false&format=text", "text/plain", "")
                        .body())
                .isEqualTo("offline");
    }

    @ParameterizedTest
    @CsvSource({"0,offline", "FALSE,offline", "1,gone", "True,gone", ",gone"})
    void isOnlineIsReadAsUserDataSpellIt(String isOnline, String verdict) throws Exception {
        String value = isOnline == null ? "" : isOnline;
        assertThat(get("InteractionId=x&ChatServerAppName=A&format=text&IsOnline=" + value)
                        .body())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | InteractionId is missing",
                "InteractionId=%20 | InteractionId is missing",
                "InteractionId=a%00b | control characters",
                "InteractionId=a%0Ab | control characters",
                "InteractionId=%FF | not UTF-8",
                "InteractionId=a&InteractionId=b | send one",
                "InteractionId=x&IsOnline=maybe | 0, 1, true nor false",
                "InteractionId=x&format=yaml | json, xml, text, form or details",
                "InteractionId=x&ChatServerAppName=%07 | ChatServerAppName",
            })
    void aMistakeInTheQueryIsNamedWithItsMend(String query, String words) throws Exception {
        assertProblem(get(query), 400, words);
        assertThat(interactionServer.espRequests()).isEmpty();
    }

    @Test
    void anOverlongIdIsRefused() throws Exception {
        assertProblem(get("InteractionId=" + "x".repeat(257)), 400, "longer than 256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"InteractionId\":",
                "{\"InteractionId\":\"a\"} x",
                "{\"InteractionId\":\"a\",\"InteractionId\":\"b\"}",
                "nonsense"
            })
    void malformedJsonIsRefused(String body) throws Exception {
        assertProblem(post("", "application/json", body), 400, "The body is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"x\"", "1"})
    void jsonThatIsNoObjectIsRefused(String body) throws Exception {
        assertProblem(post("", "application/json", body), 400, "no object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=x", "application/json;charset=iso-8859-1"})
    void anUnsupportedBodyIsRefused(String contentType) throws Exception {
        assertProblem(post("", contentType, "{\"InteractionId\":\"x\"}"), 415, "application/json");
    }

    @Test
    void aFormThatIsNotPercentEncodedIsRefused() throws Exception {
        assertProblem(post("", FORM, "InteractionId=100%zz"), 400, "write each % as %25");
    }

    @Test
    void aBodyWithoutATypeIsRefused() throws Exception {
        assertProblem(
                send(request("").POST(BodyPublishers.ofString("InteractionId=x"))), 415, "Content-Type is missing");
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        HttpRequest.Builder request = request("")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("xx"));
        assertProblem(send(request), 415, "uncompressed");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        String id = "x".repeat(Parameters.MAX_BODY_BYTES);
        assertProblem(post("", FORM, "InteractionId=" + id), 413, "65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void otherMethodsSendNoProbe(String method) throws Exception {
        HttpResponse<String> response =
                send(request("InteractionId=x&ChatServerAppName=A").method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(interactionServer.espRequests()).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String words) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).contains(words);
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return send(request(query).GET());
    }

    private HttpResponse<String> post(String query, String contentType, String body)
            throws IOException, InterruptedException {
        return send(request(query).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(jetty.getURI().resolve("/api/v1/probe" + (query.isEmpty() ? "" : "?" + query)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
