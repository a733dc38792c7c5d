package io.undertone.server.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSession;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GMS Chat API Version 2 over CometD with the real Java client, over every transport, direct and through Undertone. The
 * agent is asleep, so that every event is the test's own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CometDFrontTest {
    private static final AgentPace ASLEEP = new AgentPace(Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
    private static final String PROBE = "\"Nickname\":\"undertone\",\"MessageText\":\"the probe: #Undertone#\"";

    private final Map<Deployment, Deployment.Running> deployments = new EnumMap<>(Deployment.class);
    private CentreUnderTest centre;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        centre = new CentreUnderTest(ASLEEP);
        for (Deployment deployment : Deployment.values()) {
            Path own = Files.createDirectory(directory.resolve(deployment.name()));
            deployments.put(deployment, deployment.start(centre.sandbox().gms(), "auto", own));
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (Deployment.Running deployment : deployments.values()) {
            deployment.close();
        }
        centre.close();
    }

    static Stream<Arguments> everyWay() {
        return Stream.of(Deployment.values()).flatMap(deployment -> Stream.of(CometDTransport.values())
                .filter(deployment::takes)
                .map(transport -> Arguments.of(deployment, transport)));
    }

    static Stream<Arguments> everyWayThroughUndertone() {
        return everyWay().filter(way -> way.get()[0] != Deployment.DIRECT);
    }

    /** For what starts anew for each test. */
    static Stream<Arguments> everyWayInThisProcess() {
        return everyWay().filter(way -> ((Deployment) way.get()[0]).isInThisProcess());
    }

    /**
     * A socket is its own tie between a client and its session: it has no cookie. Who sends by hand believes no certificate.
     */
    static Stream<Arguments> everyWayOverHttp() {
        return everyWay()
                .filter(way -> ((CometDTransport) way.get()[1]).isHttp() && way.get()[0] != Deployment.JAR_HTTP_2);
    }

    private URI address(Deployment deployment) {
        return Objects.requireNonNull(deployments.get(deployment)).customers();
    }

    private CometDCustomer customer(Deployment deployment, CometDTransport transport) {
        return new CometDCustomer(address(deployment), transport);
    }

    private void mara(CometDCustomer ann, String text) throws Exception {
        say(ann, "\"Nickname\":\"Mara\",\"MessageText\":\"" + text + "\"");
    }

    private void say(CometDCustomer ann, String parameters) throws Exception {
        assertThat(centre.esp(chatServer(ann), "Message", ann.chatId(), parameters)
                        .path("message")
                        .asString())
                .isEqualTo("ExternalServiceResponse");
    }

    private String chatServer(CometDCustomer ann) throws Exception {
        return centre.interaction(ann.chatId()).path("ChatServerAppName").asString();
    }

    /** One chat from its beginning to its end, the same each time but for the keys that the server draws. */
    private List<JsonNode> conversation(CometDCustomer customer) throws Exception {
        try (CometDCustomer ann = customer.requestChat()) {
            mara(ann, "hello");
            ann.awaitPosition(4);
            ann.perform("startTyping", "message", "h");
            ann.awaitPosition(5);
            ann.perform("sendMessage", "message", "Grüße 🚲", "messageType", "text");
            ann.awaitPosition(6);
            say(ann, PROBE);
            ann.awaitPosition(8);
            mara(ann, "are you there?");
            ann.awaitPosition(9);
            ann.perform("updateNickname", "nickname", "Anna");
            ann.awaitPosition(10);
            say(ann, PROBE);
            ann.awaitPosition(11);
            ann.perform("sendMessage", "message", "I may say #undertone# myself");
            ann.awaitPosition(12);
            ann.perform("pushUrl", "pushUrl", "https://example.org/");
            ann.awaitPosition(13);
            ann.perform("disconnect");
            ann.awaitEnd();
            return ann.deliveries().stream().map(CometDFrontTest::withoutKeys).toList();
        }
    }

    private static JsonNode withoutKeys(JsonNode delivery) {
        ObjectNode copy = (ObjectNode) delivery.deepCopy();
        List.of("alias", "chatId", "userId", "secureKey").forEach(key -> {
            assertThat(copy.path(key).asString()).isNotEmpty();
            copy.put(key, key);
        });
        return copy;
    }

    private static JsonNode withoutProbes(JsonNode delivery) {
        ObjectNode copy = (ObjectNode) delivery.deepCopy();
        List<JsonNode> seen = copy.path("messages").values().stream()
                .filter(message ->
                        !message.path("from").path("nickname").asString().equals("undertone"))
                .toList();
        copy.putArray("messages").addAll(seen);
        return copy;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWayThroughUndertone")
    void aCustomerIsToldTheSameThroughUndertoneButForTheProbes(Deployment deployment, CometDTransport transport)
            throws Exception {
        List<JsonNode> direct = conversation(customer(Deployment.DIRECT, transport));
        assertThat(direct.toString()).contains("the probe: #Undertone#", "\"nickname\":\"undertone\"");

        List<JsonNode> through = conversation(customer(deployment, transport));

        assertThat(through)
                .containsExactlyElementsOf(
                        direct.stream().map(CometDFrontTest::withoutProbes).toList());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void aHeldConnectIsAnsweredAndTheNextOneHeld(Deployment deployment, CometDTransport transport) throws Exception {
        try (CometDCustomer ann = customer(deployment, transport).requestChat()) {
            await().until(() -> ann.connects() >= 4);
            mara(ann, "still there?");
            ann.awaitPosition(4);

            assertThat(ann.lines()).endsWith("External Mara Message: still there?");
            assertThat(ann.handshakes()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void acknowledgementsAreCountedAndNothingComesTwice(Deployment deployment, CometDTransport transport)
            throws Exception {
        CometDCustomer customer = customer(deployment, transport);
        List<Long> acknowledged = new CopyOnWriteArrayList<>();
        customer.client().addExtension(new AckExtension());
        customer.client().addExtension(new ClientSession.Extension() {
            @Override
            public boolean rcvMeta(ClientSession session, Message.Mutable message) {
                if (message.getExt() != null && message.getExt().get("ack") instanceof Long ack) {
                    acknowledged.add(ack);
                }
                return true;
            }
        });
        try (CometDCustomer ann = customer.requestChat()) {
            mara(ann, "one");
            ann.awaitPosition(4);
            say(ann, PROBE);
            ann.awaitPosition(6);
            mara(ann, "two");
            ann.awaitPosition(7);
            int connects = ann.connects();
            await().until(() -> ann.connects() >= connects + 2);

            assertThat(ann.lines().stream().filter(line -> line.contains("Mara Message")))
                    .containsExactly("External Mara Message: one", "External Mara Message: two");
            assertThat(ann.deliveries().toString().contains("undertone")).isEqualTo(deployment == Deployment.DIRECT);
            assertThat(acknowledged).isSorted().hasSizeGreaterThan(2);
            assertThat(acknowledged.get(acknowledged.size() - 1)).isPositive();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void anotherClientGoesOnWithTheChat(Deployment deployment, CometDTransport transport) throws Exception {
        try (CometDCustomer before = customer(deployment, transport).requestChat()) {
            mara(before, "hello");
            before.awaitPosition(4);
            say(before, PROBE);
            before.awaitPosition(6);
            before.client().abort();

            try (CometDCustomer after = customer(deployment, transport).resume(before.secureKey(), 3)) {
                mara(before, "welcome back");
                after.awaitPosition(7);

                List<String> lines = new ArrayList<>(List.of("External Mara Message: hello"));
                if (deployment == Deployment.DIRECT) {
                    lines.add("External undertone ParticipantJoined: ");
                    lines.add("External undertone Message: the probe: #Undertone#");
                }
                lines.add("External Mara Message: welcome back");
                assertThat(after.lines()).containsExactlyElementsOf(lines);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void aCrashEndsTheChatAndTheSameClientBeginsAnother(Deployment deployment, CometDTransport transport)
            throws Exception {
        try (CometDCustomer ann = customer(deployment, transport).requestChat()) {
            String chatServer = chatServer(ann);
            String chatId = ann.chatId();
            centre.turn(chatServer, "crash");
            ann.awaitEnd();
            assertThat(centre.esp(chatServer, "Message", chatId, PROBE)
                            .path("message")
                            .asString())
                    .isEqualTo("EventError");
            centre.turn(chatServer, "restart");
            assertThat(centre.esp(chatServer, "Message", chatId, PROBE)
                            .at("/Envelope/Parameters/FaultCode")
                            .asString())
                    .isEqualTo("100");

            JsonNode last = ann.deliveries().get(ann.deliveries().size() - 1);
            assertThat(last.path("statusCode").asInt()).isEqualTo(2);
            ann.perform("requestChat", "nickname", "Ann again");
            await().untilAsserted(() -> assertThat(ann.lines()).endsWith("Client Ann again ParticipantJoined: "));
            assertThat(ann.handshakes()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWayOverHttp")
    void theBrowsersCookieTiesAClientToItsSession(Deployment deployment, CometDTransport transport) throws Exception {
        try (CometDCustomer ann = customer(deployment, transport).requestChat()) {
            BayeuxClient client = ann.client();
            String message = "[{\"channel\":\"/service/none\",\"id\":\"7\",\"clientId\":\"" + client.getId()
                    + "\",\"data\":{}}]";
            URI cometd = address(deployment).resolve("/genesys/cometd");
            String cookie = client.getCookie("BAYEUX_BROWSER").getValue();

            assertThat(replyTo(transport.request(cometd, message), cookie)).contains("\"successful\":true");
            assertThat(replyTo(transport.request(cometd, message), "another")).contains("402::");
        }
    }

    private String replyTo(HttpRequest.Builder request, String cookie) throws Exception {
        return new String(
                centre.send(request.header("Cookie", "BAYEUX_BROWSER=" + cookie))
                        .body(),
                UTF_8);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWayInThisProcess")
    void aRestartedServerIsShakenHandsWithAgain(
            Deployment deployment, CometDTransport transport, @TempDir Path directory) throws Exception {
        SandboxSettings settings = SandboxSettings.DEFAULT.withAgentPace(ASLEEP).withConnectHold(Duration.ofSeconds(1));
        Sandbox first = Sandbox.start(settings);
        URI gms = first.gms();
        try (Deployment.Running running = deployment.start(gms, "auto", directory);
                CometDCustomer ann = new CometDCustomer(running.customers(), transport).requestChat()) {
            first.close();
            ann.forget();
            try (Sandbox second = Sandbox.start(settings.withGmsPort(gms.getPort()))) {
                assertThat(second.gms()).isEqualTo(gms);
                ann.awaitPosition(2);

                assertThat(ann.handshakes()).isEqualTo(2);
                assertThat(ann.lines()).containsExactly("Client Ann ParticipantJoined: ");
            }
        }
    }
}
