package io.undertone.server.sandbox;

import static io.undertone.server.sandbox.CentreUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/** ESP requests, the queue, the switches and the stored transcripts, over sockets. */
class InteractionServerTest {
    private static final String PROBE = "\"MessageText\":\"#probe#\",\"Visibility\":\"%s\",\"Nickname\":\"undertone\"";

    private CentreUnderTest centre;

    @BeforeEach
    void start() throws Exception {
        centre = new CentreUnderTest(AgentPace.INSTANT);
    }

    @AfterEach
    void stop() throws Exception {
        centre.close();
    }

    @Test
    void aMessageToALivingSessionIsAccepted() throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode answer = probe("ChatServer_A", ann.chatId(), "ALL");

        assertThat(answer.path("message").asString()).isEqualTo("ExternalServiceResponse");
        assertThat(answer.path("messageId").asInt()).isEqualTo(501);
        assertThat(ann.lines())
                .containsSubsequence("External undertone ParticipantJoined: ", "External undertone Message: #probe#");
    }

    @Test
    void aWorkflowsPartyJoinsOnceForEachNickname() throws Exception {
        CustomerCalls ann = centre.ann();

        probe("ChatServer_A", ann.chatId(), "ALL");
        probe("ChatServer_A", ann.chatId(), "ALL");

        assertThat(ann.lines())
                .containsOnlyOnce("External undertone ParticipantJoined: ")
                .filteredOn("External undertone Message: #probe#"::equals)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "VIP"})
    void whatIsNotForTheCustomerIsNotSentButCounted(String visibility) throws Exception {
        CustomerCalls ann = centre.ann();
        awaitAgent(ann);
        int before = ann.perform("refresh").path("nextPosition").asInt();

        probe("ChatServer_A", ann.chatId(), visibility);

        assertThat(ann.lines()).noneMatch(line -> line.contains("undertone") || line.contains("#probe#"));
        assertThat(ann.perform("refresh").path("nextPosition").asInt()).isEqualTo(before + 2);
    }

    @Test
    void aRestartedServerNoLongerKnowsTheSession() throws Exception {
        CustomerCalls ann = centre.ann();
        centre.turn("ChatServer_A", "restart");

        JsonNode fault = probe("ChatServer_A", ann.chatId(), "VIP");

        assertThat(fault.toString())
                .isEqualTo("{\"message\":\"ExternalServiceFault\",\"messageId\":502,\"Envelope\":{\"Service\":\"Chat\","
                        + "\"Method\":\"Message\",\"Parameters\":{\"FaultCode\":\"100\",\"FaultString\":"
                        + "\"interaction with specified id was not found\"}}}");
        assertThat(centre.interaction(ann.chatId()).path("IsOnline").asString()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ChatServer_A", "ChatServer_Z"})
    void aServerThatIsDownOrUnheardOfTakesNothing(String name) throws Exception {
        CustomerCalls ann = centre.ann();
        centre.turn("ChatServer_A", "crash");

        JsonNode error = probe(name, ann.chatId(), "VIP");

        assertThat(error.toString())
                .isEqualTo("{\"message\":\"EventError\",\"messageId\":52,\"AttributeErrorCode\":1,"
                        + "\"AttributeErrorMessage\":\"Not found by type\"}");
    }

    @Test
    void byTypeALivingSessionMayBeCalledUnknown() throws Exception {
        CustomerCalls ann = centre.ann();

        List<Integer> outcomes = List.of(
                probe("", ann.chatId(), "VIP").path("messageId").asInt(),
                probe("", ann.chatId(), "VIP").path("messageId").asInt());

        assertThat(outcomes).containsExactlyInAnyOrder(501, 502);
    }

    @Test
    void byTypeAnyServerThatIsUpAnswersAndNoneWhenAllAreDown() throws Exception {
        CustomerCalls ann = centre.ann();
        centre.turn("ChatServer_B", "crash");

        assertThat(probe("", ann.chatId(), "VIP").path("messageId").asInt()).isEqualTo(501);
        assertThat(probe("", ann.chatId(), "VIP").path("messageId").asInt()).isEqualTo(501);
        centre.turn("ChatServer_A", "crash");
        assertThat(probe("", ann.chatId(), "VIP").path("messageId").asInt()).isEqualTo(52);
    }

    @Test
    void aChatThatItsCustomerClosedIsUnknown() throws Exception {
        CustomerCalls ann = centre.ann();
        ann.perform("disconnect");

        assertThat(faultCode(probe("ChatServer_A", ann.chatId(), "VIP"))).isEqualTo("100");
    }

    @Test
    void aNoticeReachesTheCustomerAsItsKind() throws Exception {
        CustomerCalls ann = centre.ann();

        centre.esp("ChatServer_A", "Notice", ann.chatId(), "\"NoticeType\":\"USER_CUSTOM\",\"NoticeText\":\"x\"");

        assertThat(ann.lines()).contains("External system CustomNotice: x");
    }

    @ParameterizedTest
    @CsvSource({
        "Start, '\"MessageText\":\"x\"', 101",
        "Message, '', 102",
        "Message, '\"MessageText\":\"x\",\"Visibility\":\"SOME\"', 102",
        "Notice, '\"NoticeType\":\"TYPING\"', 102"
    })
    void aRequestThatChatServersDoNotKnowHasAFaultOfItsOwn(String method, String parameters, String code)
            throws Exception {
        CustomerCalls ann = centre.ann();

        assertThat(faultCode(centre.esp("ChatServer_A", method, ann.chatId(), parameters)))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", ""})
    void whatIsNoEspRequestIsABadRequest(String body) throws Exception {
        HttpResponse<byte[]> response = centre.post(centre.sandbox().esp(), "application/json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("title").asString()).isEqualTo("Not an ESP request");
    }

    @Test
    void theInteractionTellsWhereItsSessionIs() throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode interaction = centre.interaction(ann.chatId());

        assertThat(interaction.path("InteractionId").asString()).isEqualTo(ann.chatId());
        assertThat(interaction.path("ChatServerAppName").asString()).isEqualTo("ChatServer_A");
        assertThat(interaction.path("ChatServerHost").asString()).isEqualTo("localhost");
        assertThat(interaction.path("ChatServerPort").asString()).isEqualTo("7160");
        assertThat(interaction.path("IsOnline").asString()).isEqualTo("1");
    }

    @Test
    void anInteractionThatNobodySubmittedIsNotFound() throws Exception {
        URI uri = URI.create(centre.sandbox().interactionUrl().replace("{InteractionId}", "nobody"));

        assertThat(centre.get(uri).statusCode()).isEqualTo(404);
    }

    @Test
    void theStateShowsServersSessionsAndTheQueueThatOutlivesACrash() throws Exception {
        CustomerCalls ann = centre.ann();
        awaitAgent(ann);

        assertThat(centre.state().path("chatServers").get(0).toString())
                .isEqualTo("{\"name\":\"ChatServer_A\",\"up\":true,\"sessions\":1}");
        assertThat(centre.state().path("interactions").get(0).path("state").asString())
                .isEqualTo("assigned");

        assertThat(centre.turn("ChatServer_A", "crash").toString())
                .isEqualTo("{\"name\":\"ChatServer_A\",\"up\":false,\"sessions\":0}");
        JsonNode interaction = centre.state().path("interactions").get(0);
        assertThat(interaction.path("id").asString()).isEqualTo(ann.chatId());
        assertThat(interaction.path("chatServer").asString()).isEqualTo("ChatServer_A");
        assertThat(interaction.path("isOnline").asBoolean()).isTrue();
        assertThat(interaction.path("state").asString()).isEqualTo("queued");
    }

    @Test
    void aSwitchThatIsNotThereIsNotFoundAndReadingOneIsNotAllowed() throws Exception {
        URI unknown = centre.shop().resolve("/sandbox/chat-servers/ChatServer_Z/crash");
        URI known = centre.shop().resolve("/sandbox/chat-servers/ChatServer_A/crash");

        HttpResponse<byte[]> notFound = centre.postForm(unknown);
        HttpResponse<byte[]> notAllowed = centre.get(known);

        assertThat(notFound.statusCode()).isEqualTo(404);
        assertThat(json(notFound).path("detail").asString()).contains("ChatServer_Z", "ChatServer_A");
        assertThat(notAllowed.statusCode()).isEqualTo(405);
        assertThat(notAllowed.headers().firstValue("Allow")).hasValue("POST");
        assertThat(centre.state().path("chatServers").get(0).path("up").asBoolean())
                .isTrue();
    }

    @Test
    void theStoredTranscriptKeepsProbesAndOutlivesACrash() throws Exception {
        CustomerCalls ann = centre.ann("userData[Colour]", "green", "text", "a < b \u0007");
        probe("ChatServer_A", ann.chatId(), "VIP");
        centre.turn("ChatServer_A", "crash");

        HttpResponse<byte[]> stored = centre.get(centre.shop().resolve("/sandbox/transcripts/" + ann.chatId()));
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(stored.body()));

        Element root = xml.getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("chatTranscript");
        assertThat(root.getAttribute("sessionId")).isEqualTo(ann.chatId());
        assertThat(root.getAttribute("startAt")).isEqualTo("2026-11-22T19:00:00Z");
        Element customer = elements(xml, "newParty").get(0);
        assertThat(customer.getAttribute("eventId")).isEqualTo("1");
        assertThat(customer.getTextContent()).isEqualTo("green");
        assertThat(elements(xml, "message").get(0).getTextContent()).isEqualTo("a < b \uFFFD");
        Element probeParty = elements(xml, "newParty").stream()
                .filter(party -> party.getAttribute("visibility").equals("VIP"))
                .findFirst()
                .orElseThrow();
        Element userInfo = (Element) probeParty.getElementsByTagName("userInfo").item(0);
        assertThat(userInfo.getAttribute("userType")).isEqualTo("EXTERNAL");
        assertThat(userInfo.getAttribute("protocolType")).isEqualTo("ESP");
        assertThat(elements(xml, "message"))
                .filteredOn(message -> message.getAttribute("userId").equals(probeParty.getAttribute("userId")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.getAttribute("visibility")).isEqualTo("VIP");
                    assertThat(message.getTextContent()).isEqualTo("#probe#");
                });
    }

    @Test
    void theAgentGreetsAnswersAndLeavesWithTheCustomer() throws Exception {
        CustomerCalls ann = centre.ann("text", "are you a robot?");
        await().untilAsserted(
                        () -> assertThat(ann.lines())
                                .containsSubsequence(
                                        "Agent Mara ParticipantJoined: ",
                                        "Agent Mara Message: Hello Ann, I'm Mara, Larkfield's automated helper. What can I do for you?",
                                        "Agent Mara TypingStarted: ",
                                        "Agent Mara TypingStopped: ",
                                        "Agent Mara Message: I'm a robot, and a well-oiled one. Ask me about bikes, repairs or an order."));

        assertThat(CustomerCalls.lines(ann.perform("disconnect", "transcriptPosition", "0")))
                .endsWith("Client Ann ParticipantLeft: ", "Agent Mara ParticipantLeft: ");
    }

    private void awaitAgent(CustomerCalls customer) {
        await().untilAsserted(
                        () -> assertThat(customer.lines()).anyMatch(line -> line.startsWith("Agent Mara Message")));
    }

    private JsonNode probe(String appName, String interactionId, String visibility) throws Exception {
        return centre.esp(appName, "Message", interactionId, PROBE.formatted(visibility));
    }

    private static String faultCode(JsonNode answer) {
        return answer.path("Envelope").path("Parameters").path("FaultCode").asString("");
    }

    private static List<Element> elements(Document xml, String name) {
        NodeList nodes = xml.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }
}
