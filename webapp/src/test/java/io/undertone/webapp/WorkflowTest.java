package io.undertone.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample workflow, as it is shipped, run by a state machine against the real endpoint. */
@Timeout(60)
class WorkflowTest extends ProxyTest {
    private static final String TOKEN = "s3cret-token";
    private static final String SHIPPED_ADDRESS = "http://127.0.0.1:8081/api/v1/probe";
    private static final String ACCEPTED = "{\"message\":\"ExternalServiceResponse\"}";
    private static final String NOT_FOUND =
            "{\"message\":\"ExternalServiceFault\",\"Envelope\":{\"Parameters\":{\"FaultCode\":\"100\"}}}";
    private static final String NO_SERVER = "{\"message\":\"EventError\",\"AttributeErrorCode\":1}";

    private final Orchestration orchestration = orchestration("interaction.terminate.done");
    private final List<String> probes = new CopyOnWriteArrayList<>();
    private volatile String espReply = ACCEPTED;
    private int port;

    private static Orchestration orchestration(String terminates) {
        return new Orchestration(
                Map.of("InteractionId", "0006Ka9HFHRR0T2B", "ChatServerAppName", "Chat & Server", "IsOnline", "1"),
                terminates);
    }

    @BeforeEach
    void startUndertone() throws Exception {
        String esp = startUpstream((request, response) -> {
                    probes.add(new String(request.getInputStream().readAllBytes(), UTF_8));
                    response.getOutputStream().write(espReply.getBytes(UTF_8));
                })
                .toString();
        UndertoneConfig config = ConfigReader.parse(
                "probe: {url: '%s/esp', interval: 20ms, attempts: 3}".formatted(esp),
                Map.of("UNDERTONE_MANAGEMENT_TOKEN", TOKEN, "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID()));
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        port = start(Container.JETTY, 1, context -> application.registerManagement(context, ""))
                .port();
    }

    @Test
    void aLivingChatIsRouted() throws Exception {
        assertThat(orchestration.run(workflow())).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
        assertThat(orchestration.fetched())
                .containsExactly(
                        "mode=one-shot&InteractionId=0006Ka9HFHRR0T2B&ChatServerAppName=Chat%20%26%20Server&IsOnline=1");
        assertThat(probes).singleElement().asString().contains("\"AppName\":\"Chat & Server\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOT_FOUND, NO_SERVER})
    void aDeadChatIsStoppedAfterAllItsAttempts(String reply) throws Exception {
        espReply = reply;

        assertThat(orchestration.run(workflow())).containsExactly("stopped");
        assertThat(orchestration.terminated()).containsExactly("0006Ka9HFHRR0T2B");
        assertThat(probes).hasSize(3);
    }

    @Test
    void aChatOfWhichNothingIsKnownIsRouted() throws Exception {
        espReply = "none of ours";

        assertThat(orchestration.run(workflow())).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
    }

    @Test
    void everyChatIsRoutedWhileUndertoneIsDown() throws Exception {
        espReply = NOT_FOUND;
        String elsewhere = workflow().replace(":" + port + "/", ":1/");

        assertThat(orchestration.run(elsewhere)).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
    }

    @Test
    void everyChatIsRoutedWhenTheTokenIsWrong() throws Exception {
        espReply = NOT_FOUND;

        assertThat(orchestration.run(workflow().replace(TOKEN, "other"))).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>down for maintenance</html>",
                "null",
                "{}",
                "{\"route\":\"false\"}",
                "{\"route\":null}",
                "{\"route\":false"
            })
    void anAnswerThatIsNoneOfOursRoutes(String answer) throws Exception {
        String other = startUpstream(
                        (request, response) -> response.getOutputStream().write(answer.getBytes(UTF_8)))
                .toString();

        assertThat(orchestration.run(shipped().replace(SHIPPED_ADDRESS, other))).containsExactly("route");
        assertThat(orchestration.terminated()).isEmpty();
    }

    @Test
    void askingEndsAfterThreeMinutesEvenIfThereIsAlwaysMoreToAsk() throws Exception {
        String other = startUpstream((request, response) ->
                        response.getOutputStream().write("{\"route\":false,\"retry_after_ms\":10000}".getBytes(UTF_8)))
                .toString();

        assertThat(orchestration.run(shipped().replace(SHIPPED_ADDRESS, other))).containsExactly("route");
        assertThat(orchestration.fetched()).hasSize(18);
    }

    @Test
    void anInteractionThatCannotBeStoppedIsRouted() throws Exception {
        espReply = NOT_FOUND;
        Orchestration refusing = orchestration("error.interaction.terminate");

        assertThat(refusing.run(workflow())).containsExactly("route");
        assertThat(refusing.terminated()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theWorkflowsAreLinkedAndMayBeReadByAll(Container container) throws Exception {
        UndertoneConfig config = ConfigReader.parse(
                "",
                Map.of("UNDERTONE_MANAGEMENT_TOKEN", TOKEN, "UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID()));
        UndertoneApplication application =
                stopLater(new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        int prefixed = start(container, 1, context -> application.registerManagement(context, "/undertone"))
                .port();

        assertThat(get(prefixed, "/undertone/").body()).contains("href=\"/undertone/workflows/\"");
        String index = get(prefixed, "/undertone/workflows/").body();
        for (String name : List.of("ask-undertone.scxml", "report-to-undertone.scxml", "composer.txt", "ird.txt")) {
            assertThat(index).contains("href=\"" + name + "\"");
            assertThat(get(prefixed, "/undertone/workflows/" + name).statusCode())
                    .isEqualTo(200);
        }
        assertThat(get(prefixed, "/undertone/workflows/other").statusCode()).isEqualTo(401);
        assertThat(get(prefixed, "/undertone/workflows/../metrics").statusCode())
                .isEqualTo(401);
    }

    private String shipped() throws Exception {
        return get(port, "/workflows/ask-undertone.scxml").body();
    }

    /** As an operator takes it over: with the address and the token in it. */
    private String workflow() throws Exception {
        String shipped = shipped();
        assertThat(shipped).contains(SHIPPED_ADDRESS, "'TOKEN'");
        return shipped.replace(SHIPPED_ADDRESS, "http://127.0.0.1:" + port + "/api/v1/probe")
                .replace("'TOKEN'", "'" + TOKEN + "'");
    }

    private HttpResponse<String> get(int at, String path) throws Exception {
        HttpRequest request = request(at, path).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
