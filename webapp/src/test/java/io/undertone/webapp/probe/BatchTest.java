package io.undertone.webapp.probe;

import static io.undertone.webapp.probe.InteractionServerStandIn.ACCEPTED;
import static io.undertone.webapp.probe.InteractionServerStandIn.NOT_FOUND;
import static io.undertone.webapp.probe.InteractionServerStandIn.NO_SERVER;
import static io.undertone.webapp.probe.InteractionServerStandIn.json;
import static io.undertone.webapp.probe.InteractionServerStandIn.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.Container;
import jakarta.servlet.ServletRegistration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class BatchTest {
    private static final String JSON_LINES = "application/x-ndjson";
    private static final String OPTIONS = "attempts: 3, interval: 200ms, timeout: 5s";

    /** Of HTTP/2 it would ask by an upgrade, before which Tomcat takes a small body alone. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> started = new ArrayList<>();
    private InteractionServerStandIn interactionServer;

    @BeforeEach
    void start() throws IOException {
        interactionServer = new InteractionServerStandIn();
        interactionServer.answersEachProbe(request -> {
            if (request.contains("DEAD")) {
                return json(NO_SERVER);
            }
            return request.contains("gone-") ? json(NOT_FOUND) : json(ACCEPTED);
        });
    }

    @AfterEach
    void stop() throws Exception {
        interactionServer.close();
        scheduler.shutdownNow();
        for (AutoCloseable one : started) {
            one.close();
        }
    }

    private int serve(Container container, String options, Timing timing) throws Exception {
        SightingNode node = SightingNode.alone(timing.clock());
        started.add(node);
        Prober prober =
                Prober.of(interactionServer.config(options), node.sightings(), BrokenMemory.alone(), timing, meters);
        Container.Running running = container.start(1, context -> {
            ServletRegistration.Dynamic batch = context.addServlet("batch", new BatchServlet(prober));
            batch.setAsyncSupported(true);
            batch.addMapping("/api/v1/probe/batch");
        });
        started.add(running);
        return running.port();
    }

    private int serve(Container container) throws Exception {
        return serve(container, OPTIONS, Timing.system(scheduler));
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandInteractionsOfDeadServersCostAsManyRequestsAsThereAreServers(Container container) throws Exception {
        int port = serve(container);
        String questions = IntStream.range(0, 10_000)
                .mapToObj(chat -> "{\"InteractionId\":\"%d\",\"ChatServerAppName\":\"DEAD_%d\",\"IsOnline\":\"1\"}"
                        .formatted(chat, chat % 3))
                .collect(Collectors.joining("\n"));

        List<JsonNode> answers = answers(post(port, "", JSON_LINES, questions));

        assertThat(answers)
                .hasSize(10_000)
                .allMatch(answer -> answer.path("verdict").asString().equals("unreachable"))
                .allMatch(answer -> !answer.path("route").asBoolean());
        assertThat(answers.stream().map(answer -> answer.path("interaction_id").asString()))
                .doesNotHaveDuplicates();
        assertThat(interactionServer.espRequests()).hasSizeBetween(9, 300);
    }

    @Test
    void thousandsOfInteractionsAreReadAgainWithoutAsManyConnections() throws Exception {
        interactionServer.answersLookupsWith(InteractionServerStandIn.userData("DEAD", "1"));
        int port = serve(
                Container.JETTY,
                OPTIONS + ", interactionUrl: '" + interactionServer.url("/interactions/") + "{InteractionId}'",
                Timing.system(scheduler));
        String questions = IntStream.range(0, 2_000)
                .mapToObj("{\"InteractionId\":\"%d\"}"::formatted)
                .collect(Collectors.joining("\n"));

        List<JsonNode> answers = answers(post(port, "", JSON_LINES, questions));

        assertThat(answers)
                .hasSize(2_000)
                .allMatch(answer -> answer.path("verdict").asString().equals("unreachable"));
        assertThat(interactionServer.lookups()).hasSize(8_000);
    }

    @ParameterizedTest
    @EnumSource
    void eachLineIsAnsweredByItsOwnTruth(Container container) throws Exception {
        List<String> questions = new ArrayList<>();
        for (int chat = 0; chat < 100; chat++) {
            questions.add("{\"InteractionId\":\"gone-%d\",\"ChatServerAppName\":\"A\"}".formatted(chat));
            questions.add("{\"InteractionId\":\"alive-%d\",\"ChatServerAppName\":\"A\"}".formatted(chat));
            questions.add("{\"InteractionId\":\"unreachable-%d\",\"ChatServerAppName\":\"DEAD\"}".formatted(chat));
            questions.add("{\"InteractionId\":\"offline-%d\",\"IsOnline\":0}".formatted(chat));
        }

        List<JsonNode> answers = answers(post(serve(container), "", JSON_LINES, String.join("\n", questions)));

        assertThat(answers).hasSize(400).allMatch(answer -> answer.path("interaction_id")
                .asString()
                .startsWith(answer.path("verdict").asString() + "-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | InteractionId,ChatServerAppName,IsOnline\\n1,A,1\\n2,A,0\\n",
                "text/csv; charset=utf-8 | \uFEFFIsOnline;Subject;interactionid\\r\\n1;\"tea; milk\";1\\r\\n0;;2\\r\\n",
                "application/json | {\"InteractionId\":\"1\"}\\r\\n\\r\\n{\"InteractionId\":2,\"IsOnline\":false}\\r\\n",
                "application/x-ndjson | \uFEFF{\"InteractionId\":\"1\",\"List\":[1]}\\n  \\n{\"InteractionId\":\"2\",\"IsOnline\":\"0\"}",
            })
    void aBatchMayBeWrittenInSeveralWays(String contentType, String body) throws Exception {
        String lines = body.replace("\\r", "\r").replace("\\n", "\n");

        List<JsonNode> answers = answers(post(serve(Container.JETTY), "", contentType, lines));

        assertThat(answers.stream()
                        .map(answer -> answer.path("interaction_id").asString() + " "
                                + answer.path("verdict").asString()))
                .containsExactlyInAnyOrder("1 alive", "2 offline");
    }

    @Test
    void aBadLineIsAnsweredByItsNumberAndWhatIsWrong() throws Exception {
        String lines = String.join(
                "\n",
                "{\"InteractionId\":\"1\"}",
                "{\"ChatServerAppName\":\"A\"}",
                "{\"InteractionId\":",
                "",
                "[]",
                "{\"InteractionId\":\"1\",\"IsOnline\":\"maybe\"}",
                "{\"InteractionId\":\"" + "x".repeat(70_000) + "\"}",
                "{\"InteractionId\":\"1\",\"mode\":\"fast\"}",
                "{\"InteractionId\":\"2\"}");

        List<JsonNode> answers = answers(post(serve(Container.JETTY), "", JSON_LINES, lines));

        assertThat(answers.stream()
                        .filter(answer -> answer.has("line"))
                        .map(answer -> answer.path("line").asInt() + " "
                                + answer.path("detail").asString()))
                .satisfiesExactly(
                        two -> assertThat(two).startsWith("2 InteractionId is missing"),
                        three -> assertThat(three).startsWith("3 The line is not JSON"),
                        five -> assertThat(five).startsWith("5 The line is JSON, but no object"),
                        six -> assertThat(six).startsWith("6 IsOnline is neither"),
                        seven -> assertThat(seven).startsWith("7 The line has more than 65536 bytes"),
                        eight -> assertThat(eight).startsWith("8 mode is neither one-shot nor patient"));
        assertThat(answers.stream().filter(answer -> answer.has("verdict"))).hasSize(2);
    }

    @Test
    void aBadRecordDoesNotSpoilTheNext() throws Exception {
        String csv = "InteractionId,IsOnline\n1\n\"2,0\n3,0\n";

        List<JsonNode> answers = answers(post(serve(Container.JETTY), "", "text/csv", csv));

        assertThat(answers.stream().map(answer -> answer.path("detail").asString("")))
                .satisfiesExactlyInAnyOrder(
                        two -> assertThat(two).startsWith("The line has 1 values, and the first line names 2 columns"),
                        three -> assertThat(three).startsWith("The line is not CSV"),
                        four -> assertThat(four).isEmpty());
    }

    @Test
    void whatTheQuerySaysHoldsForEveryLineThatSaysNothingElse() throws Exception {
        String lines = "{\"InteractionId\":\"gone-1\",\"ChatServerAppName\":\"A\"}\n"
                + "{\"InteractionId\":\"gone-2\",\"ChatServerAppName\":\"A\",\"mode\":\"patient\"}";

        List<JsonNode> answers = answers(post(serve(Container.JETTY), "?mode=one-shot", JSON_LINES, lines));

        assertThat(answers.stream()
                        .map(answer -> answer.path("interaction_id").asString() + " "
                                + answer.path("reason").asString()))
                .containsExactly("gone-1 one_fault_only", "gone-2 interaction_not_found");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerComesBeforeTheNextQuestionIsAsked(Container container) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), serve(container))) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /api/v1/probe/batch HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .formatted(JSON_LINES)
                            .getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (int question = 1; question <= 3; question++) {
                chunk(out, "{\"InteractionId\":\"chat-%d\"}\n".formatted(question));
                assertThat(lineWith(in, "interaction_id")).contains("chat-" + question, "alive");
            }
            out.write("0\r\n\r\n".getBytes(UTF_8));
            assertThat(lineWith(in, "0")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentForACallerWhoLeft(Container container) throws Exception {
        ManualTime time = new ManualTime();
        CountDownLatch left = new CountDownLatch(1);
        interactionServer.answersEachProbe(request -> {
            if (request.contains("DEAD")) {
                return json(NO_SERVER);
            }
            return exchange -> {
                left.await();
                status(200, ACCEPTED).reply(exchange);
            };
        });
        int port = serve(container, "attempts: 3, interval: 10s", time.timing());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder questions = new StringBuilder("{\"InteractionId\":\"d\",\"ChatServerAppName\":\"DEAD\"}\n");
            for (int chat = 0; chat < 100; chat++) {
                questions.append(
                        "{\"InteractionId\":\"alive-%d\",\"ChatServerAppName\":\"A%d\"}\n".formatted(chat, chat));
            }
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/v1/probe/batch HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(JSON_LINES, questions.length(), questions)
                    .getBytes(UTF_8));
            await().until(() ->
                    time.waiting() == 1 && interactionServer.espRequests().size() == 101);
            socket.setSoLinger(true, 0);
        }
        left.countDown();

        await().until(() -> meters.get("undertone.probe.open").gauge().value() == 0);
        time.advance(Duration.ofSeconds(30));
        assertThat(interactionServer.espRequests()).hasSize(101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | application/json | '' | 405 | by POST, not by GET",
                "POST | text/plain | InteractionId | 415 | application/x-ndjson with one object a line",
                "POST | text/csv | 'Id,IsOnline' | 400 | names no column InteractionId",
                "POST | text/csv | '' | 400 | names no column InteractionId",
                "POST | text/csv;charset=utf-16 | '' | 415 | in UTF-8",
            })
    void whatIsNoBatchIsRefused(String method, String contentType, String body, int status, String words)
            throws Exception {
        HttpResponse<String> response = client.send(
                request(serve(Container.JETTY), "", contentType)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(response.body()).path("detail").asString())
                .contains(words);
    }

    @Test
    void anEmptyBatchHasAnEmptyAnswer() throws Exception {
        assertThat(post(serve(Container.JETTY), "", JSON_LINES, "\n\n").body()).isEmpty();
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write("%x\r\n%s\r\n".formatted(text.length(), text).getBytes(UTF_8));
        out.flush();
    }

    private static String lineWith(BufferedReader in, String text) throws IOException {
        String line = in.readLine();
        while (line != null && !(line.contains(text) && !line.startsWith("HTTP/") && !line.contains(": "))) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    private HttpResponse<String> post(int port, String query, String contentType, String body) throws Exception {
        HttpResponse<String> response = client.send(
                request(port, query, contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(JSON_LINES));
        return response;
    }

    private static HttpRequest.Builder request(int port, String query, String contentType) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/probe/batch" + query))
                .header("Content-Type", contentType);
    }

    private static List<JsonNode> answers(HttpResponse<String> response) {
        return response.body().lines().map(JsonMapper.shared()::readTree).toList();
    }
}
