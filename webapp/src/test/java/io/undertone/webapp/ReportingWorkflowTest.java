package io.undertone.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.scxml.TriggerEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sample workflow that probes by itself, as it is shipped, run by a state machine against the real endpoints. */
@Timeout(60)
class ReportingWorkflowTest extends ProxyTest {
    private static final String TOKEN = "s3cret-token";
    private static final String SHIPPED_ADDRESS = "http://127.0.0.1:8081/api/v1/probe";
    private static final String RESPONSE = "{\"Service\":\"Chat\"}";
    private static final String FAULT = "{\"Parameters\":{\"FaultCode\":\"100\",\"FaultString\":\"not found\"}}";

    private final List<String> sent = new ArrayList<>();
    private final Deque<TriggerEvent> answers = new ArrayDeque<>();
    private final Orchestration orchestration = new Orchestration(
            Map.of("InteractionId", "0006Ka9HFHRR0T2B", "ChatServerAppName", "Chat & Server", "IsOnline", "1"),
            "interaction.terminate.done",
            this::chatServer);
    private int port;

    private TriggerEvent chatServer(String server, JsonNode request) {
        sent.add(server + " " + request);
        return answers.size() > 1 ? answers.remove() : answers.getFirst();
    }

    @BeforeEach
    void startUndertone() throws Exception {
        UndertoneConfig config = ConfigReader.parse(
                "probe: {transport: reported, interval: 1ms, attempts: 3}",
                Map.of("UNDERTONE_MANAGEMENT_TOKEN", TOKEN, "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID()));
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        port = start(Container.JETTY, 1, context -> application.registerManagement(context, ""))
                .port();
    }

    private Set<String> run() throws Exception {
        return orchestration.run(workflow());
    }

    private String workflow() throws Exception {
        String shipped = client.send(
                        request(port, "/workflows/report-to-undertone.scxml").build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(shipped).contains(SHIPPED_ADDRESS, "'TOKEN'");
        return shipped.replace(SHIPPED_ADDRESS, "http://127.0.0.1:" + port + "/api/v1/probe")
                .replace("'TOKEN'", "'" + TOKEN + "'");
    }

    private static TriggerEvent done(String content) {
        return Orchestration.event("session.fetch.done", Map.of("content", content));
    }

    private static TriggerEvent error(String error, String description) {
        return Orchestration.event("error.session.fetch", Map.of("error", error, "description", description));
    }

    @Test
    void aChatWhoseServerTakesTheProbeIsRouted() throws Exception {
        answers.add(done(RESPONSE));

        assertThat(run()).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
        assertThat(sent)
                .singleElement()
                .asString()
                .startsWith("Chat & Server {\"Service\":\"Chat\",\"Method\":\"Message\"")
                .contains("\"MessageText\":\"#undertone# ", "\"UserData\":{\"InteractionId\":\"0006Ka9HFHRR0T2B\"}");
    }

    static List<TriggerEvent> dead() {
        return List.of(
                done(FAULT),
                error("esp.502", "FaultCode=100, FaultString=interaction with specified id was not found"),
                error("esp.1", "Not found by name"));
    }

    @ParameterizedTest
    @MethodSource("dead")
    void aDeadChatIsStoppedAfterAllItsAttemptsHoweverThePlatformTellsOfIt(TriggerEvent answer) throws Exception {
        answers.add(answer);

        assertThat(run()).containsExactly("stopped");
        assertThat(orchestration.terminated()).containsExactly("0006Ka9HFHRR0T2B");
        assertThat(sent).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "esp.timeout,no answer",
        "esp.1,request timed out",
        "esp.502,FaultCode=7",
        "esp.502,FaultCode",
        "esp.11,Not found"
    })
    void anErrorThatIsNoEvidenceRoutes(String error, String description) throws Exception {
        answers.add(error(error, description));

        assertThat(run()).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
    }

    @Test
    void aChatThatIsRestoredBetweenTwoAttemptsIsRouted() throws Exception {
        answers.addAll(List.of(done(FAULT), done(FAULT), done(RESPONSE)));

        assertThat(run()).containsExactly("route");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "another token"})
    void everyChatIsRoutedWhenUndertoneCannotBeAsked(String trouble) throws Exception {
        answers.add(done(FAULT));
        String workflow = trouble.equals("down")
                ? workflow().replace(":" + port + "/", ":1/")
                : workflow().replace(TOKEN, "other");

        assertThat(orchestration.run(workflow)).containsExactly("route");
        assertThat(sent).isEmpty();
    }
}
