package io.undertone.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.StoreConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.management.Readiness;
import io.undertone.webapp.store.Postgres;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes with one PostgreSQL: one is asked by the workflow, the other is where the customer polls. */
@Timeout(120)
class TwoNodesTest extends ProxyTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final String NOT_FOUND = """
            {"message":"ExternalServiceFault","messageId":502,"Envelope":{"Parameters":{"FaultCode":"100","FaultString":"x"}}}""";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String answerToProbes = "";

    private Postgres postgres;
    private Node asked;
    private Node polled;

    private record Node(UndertoneApplication application, int publicPort, int managementPort) {}

    @BeforeEach
    void startAll() throws Exception {
        postgres = stopLater(Postgres.start());
        StoreConfig store = postgres.database("undertone");
        URI centre = startUpstream(this::centre);
        asked = node(Container.JETTY, centre, store);
        polled = node(Container.TOMCAT, centre, store);
        await().atMost(Duration.ofSeconds(20)).until(() -> isStore(asked, "up") && isStore(polled, "up"));
    }

    @AfterEach
    void letGo() {
        over.countDown();
    }

    /** A chat server that says in the chat what it is told to, and an interaction server that answers as the test wants. */
    private void centre(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        String body = new String(request.getInputStream().readAllBytes(), UTF_8);
        if (request.getRequestURI().equals("/esp")) {
            said.add(JSON.readTree(body).at("/Parameters/MessageText").asString());
            if (answerToProbes.isEmpty()) {
                over.await();
            }
            response.setContentType("application/json");
            response.getOutputStream().write(answerToProbes.getBytes(UTF_8));
            return;
        }
        String messages = said.stream().map(text -> """
                        {"from":{"nickname":"undertone","participantId":"9","type":"External"},"index":7,\
                        "type":"Message","text":"%s"}""".formatted(text)).collect(Collectors.joining(","));
        response.setContentType("application/json");
        response.getOutputStream()
                .write("{\"statusCode\":0,\"chatId\":\"%s\",\"messages\":[%s],\"nextPosition\":8,\"chatEnded\":false}"
                        .formatted(ID, messages)
                        .getBytes(UTF_8));
    }

    private Node node(Container container, URI centre, StoreConfig store) throws Exception {
        UndertoneConfig config = ConfigReader.parse(
                """
                routes: [{path: /genesys, upstream: "%s"}]
                probe: {url: "%s/esp", attempts: 3, interval: 1500ms, timeout: 10s}
                """.formatted(centre, centre),
                Map.of(
                        "UNDERTONE_MANAGEMENT_TOKEN", "t0ken",
                        "UNDERTONE_STORE_URL", store.url(),
                        "UNDERTONE_STORE_USER", String.valueOf(store.user()),
                        "UNDERTONE_STORE_PASSWORD", String.valueOf(store.password())));
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        application.readiness().become(Readiness.State.READY);
        int publicPort = start(container, 1, application::registerPublic).port();
        int managementPort = start(container, 1, context -> application.registerManagement(context, ""))
                .port();
        return new Node(application, publicPort, managementPort);
    }

    private CompletableFuture<JsonNode> ask(Node node) {
        return client.sendAsync(
                        request(node.managementPort(), "/api/v1/probe?ChatServerAppName=A&InteractionId=" + ID)
                                .timeout(Duration.ofSeconds(60))
                                .header("Authorization", "Bearer t0ken")
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .thenApply(JSON::readTree);
    }

    private String poll(Node node) throws Exception {
        return client.send(
                        request(node.publicPort(), "/genesys/2/chat/service/" + ID + "/refresh")
                                .POST(BodyPublishers.ofString("transcriptPosition=0"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private boolean isStore(Node node, String state) throws Exception {
        return client.send(request(node.managementPort(), "/health/ready").build(), BodyHandlers.ofString())
                .body()
                .equals("{\"status\":\"ready\",\"store\":\"" + state + "\"}");
    }

    private static JsonNode answer(CompletableFuture<JsonNode> asking) throws Exception {
        return asking.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theNodeThatAsksLearnsWhatTheCustomerWasSentByTheOther() throws Exception {
        CompletableFuture<JsonNode> asking = ask(asked);
        await().until(() -> !said.isEmpty());

        assertThat(poll(polled)).contains("\"messages\":[]").doesNotContain("undertone");

        JsonNode answer = answer(asking);
        assertThat(answer.path("verdict").asString()).isEqualTo("alive");
        assertThat(answer.path("evidence").asString()).isEqualTo("customer");
        assertThat(answer.path("customer_last_poll_ms").isNumber()).isTrue();
    }

    @Test
    void withoutTheStoreVerdictsComeAndAreRightAndItsReturnIsNoticed() throws Exception {
        postgres.stop();
        await().atMost(Duration.ofSeconds(20)).until(() -> isStore(asked, "lost") && isStore(polled, "lost"));

        CompletableFuture<JsonNode> own = ask(polled);
        await().until(() -> !said.isEmpty());
        assertThat(poll(polled)).contains("\"messages\":[]");
        assertThat(answer(own).path("evidence").asString())
                .as("a node still sees what it hides itself")
                .isEqualTo("customer");

        answerToProbes = "{\"message\":\"ExternalServiceResponse\",\"messageId\":501}";
        assertThat(answer(ask(asked)).path("evidence").asString()).isEqualTo("server");
        answerToProbes = "garbage";
        assertThat(answer(ask(asked)).path("route").asBoolean()).isTrue();

        postgres.startAgain();
        await().atMost(Duration.ofSeconds(30)).until(() -> isStore(asked, "up") && isStore(polled, "up"));
        answerToProbes = "";
        said.clear();
        CompletableFuture<JsonNode> asking = ask(asked);
        await().until(() -> !said.isEmpty());
        poll(polled);
        assertThat(answer(asking).path("evidence").asString()).isEqualTo("customer");
    }

    @Test
    void aStoreThatIsLostWhileAProbeIsUnderWayStopsNobody() throws Exception {
        CompletableFuture<JsonNode> asking = ask(asked);
        await().until(() -> !said.isEmpty());
        postgres.stop();
        poll(polled);
        answerToProbes = "{\"message\":\"ExternalServiceResponse\",\"messageId\":501}";
        over.countDown();

        assertThat(answer(asking).path("route").asBoolean()).isTrue();
    }

    @Test
    void aWorkflowWhoseQuestionsGoToOneNodeAndTheOtherNeedsNoMoreOfThem() throws Exception {
        answerToProbes = NOT_FOUND;

        JsonNode verdict = loopOverNodes("A");

        assertThat(verdict.path("verdict").asString()).isEqualTo("gone");
        assertThat(verdict.path("route").asBoolean(true)).isFalse();
        assertThat(verdict.path("attempt").asInt()).isEqualTo(3);
        assertThat(said).as("probes of both nodes").hasSize(3);
    }

    @Test
    void withoutTheStoreEachNodeCountsByItself() throws Exception {
        postgres.stop();
        await().atMost(Duration.ofSeconds(20)).until(() -> isStore(asked, "lost") && isStore(polled, "lost"));
        answerToProbes = NOT_FOUND;

        JsonNode verdict = loopOverNodes("A");

        assertThat(verdict.path("verdict").asString()).isEqualTo("gone");
        assertThat(verdict.path("attempt").asInt()).isEqualTo(3);
        assertThat(said).as("probes of both nodes").hasSizeBetween(5, 6);
    }

    @Test
    void aNodeStopsNoChatThatTheOtherFoundAliveOnAnotherServer() throws Exception {
        answerToProbes = "{\"message\":\"ExternalServiceResponse\",\"messageId\":501}";
        assertThat(askOnce(polled, "B").path("verdict").asString()).isEqualTo("alive");
        answerToProbes = NOT_FOUND;

        await().atMost(Duration.ofSeconds(30))
                .until(() -> askOnce(asked, "A").path("verdict").asString().equals("moved"));
    }

    /** Asks the nodes in turn until there is a verdict that stands. */
    private JsonNode loopOverNodes(String server) {
        Iterator<Node> turns = Stream.generate(() -> List.of(asked, polled))
                .flatMap(List::stream)
                .iterator();
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> askOnce(turns.next(), server),
                        answer -> answer.path("retry_after_ms").asLong(1) == 0);
    }

    private JsonNode askOnce(Node node, String server) throws Exception {
        String answer = client.send(
                        request(
                                        node.managementPort(),
                                        "/api/v1/probe?mode=one-shot&timeout_ms=10000&ChatServerAppName=" + server
                                                + "&InteractionId=" + ID)
                                .header("Authorization", "Bearer t0ken")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return JSON.readTree(answer);
    }
}
