package io.undertone.server.sandbox;

import static io.undertone.server.sandbox.CentreUnderTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GMS Chat API Version 2 over sockets; the agent is asleep, so that every event is the test's own. */
class GmsFrontTest {
    private static final AgentPace ASLEEP = new AgentPace(Duration.ofDays(1), Duration.ZERO, Duration.ZERO);

    private CentreUnderTest centre;

    @BeforeEach
    void start() throws Exception {
        centre = new CentreUnderTest(ASLEEP);
    }

    @AfterEach
    void stop() throws Exception {
        centre.close();
    }

    @Test
    void aRequestedChatBeginsWithTheCustomersJoin() throws Exception {
        JsonNode opening = centre.ann("userData[GCTI_LanguageCode]", "en").opening();

        assertThat(opening.path("statusCode").asInt()).isZero();
        assertThat(opening.path("alias").asString()).isEqualTo("117");
        assertThat(opening.path("nextPosition").asInt()).isEqualTo(2);
        JsonNode join = opening.path("messages").get(0);
        assertThat(join.toString())
                .startsWith("{\"from\":{\"nickname\":\"Ann\",\"participantId\":1,\"type\":\"Client\"},\"index\":1,"
                        + "\"type\":\"ParticipantJoined\"");
        assertThat(join.path("utcTime").asLong()).isEqualTo(CentreUnderTest.NOW.toEpochMilli());
        assertThat(join.path("userData").path("GCTI_LanguageCode").asString()).isEqualTo("en");
    }

    @Test
    void theTextOfTheRequestIsTheFirstMessage() throws Exception {
        assertThat(CustomerCalls.lines(centre.ann("text", "Grüße 🚲").opening()))
                .containsExactly("Client Ann ParticipantJoined: ", "Client Ann Message: Grüße 🚲");
    }

    @Test
    void aChatCanBeRequestedByMultipartAndByFullName() throws Exception {
        String body = """
                --b
                Content-Disposition: form-data; name="firstName"

                Ann
                --b
                Content-Disposition: form-data; name="lastName"

                Ås
                --b--
                """.replace("\n", "\r\n");

        JsonNode opening = json(centre.post(
                centre.sandbox().gms().resolve(CentreUnderTest.SERVICE), "multipart/form-data; boundary=b", body));

        assertThat(CustomerCalls.lines(opening)).containsExactly("Client Ann Ås ParticipantJoined: ");
        assertThat(centre.interaction(opening.path("chatId").asString())
                        .path("LastName")
                        .asString())
                .isEqualTo("Ås");
    }

    @Test
    void chatsGoToTheChatServersInTurn() throws Exception {
        String first = centre.ann().opening().path("alias").asString();
        String second = centre.ann().opening().path("alias").asString();
        String third = centre.ann().opening().path("alias").asString();

        assertThat(second).isNotEqualTo(first);
        assertThat(third).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "send, message, hello, Message, hello",
        "startTyping, message, hel, TypingStarted, hel",
        "stopTyping, message, '', TypingStopped, ''",
        "pushUrl, pushUrl, https://example.org/, PushUrl, https://example.org/",
        "customNotice, message, note, CustomNotice, note",
        "updateNickname, nickname, Anna, NicknameUpdated, ''",
        "readReceipt, transcriptPosition, 2, Notice, read-confirm"
    })
    void anOperationEntersTheTranscriptAndItsReplyCarriesItOnDemand(
            String operation, String field, String value, String type, String text) throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode reply = field.equals("transcriptPosition")
                ? ann.perform(operation, field, value)
                : ann.perform(operation, field, value, "transcriptPosition", "2");

        assertThat(reply.path("statusCode").asInt()).isZero();
        assertThat(reply.path("nextPosition").asInt()).isEqualTo(3);
        assertThat(reply.path("messages")).hasSize(1);
        JsonNode event = reply.path("messages").get(0);
        assertThat(event.path("index").asInt()).isEqualTo(2);
        assertThat(event.path("type").asString()).isEqualTo(type);
        assertThat(event.path("text").asString("")).isEqualTo(text);
    }

    @Test
    void withoutAPositionOnlyTheStateIsTold() throws Exception {
        JsonNode reply = centre.ann().perform("send", "message", "hello", "messageType", "text");

        assertThat(reply.path("messages").isArray()).isTrue();
        assertThat(reply.path("messages")).isEmpty();
        assertThat(reply.path("nextPosition").asInt()).isEqualTo(3);
        assertThat(reply.path("chatEnded").asBoolean()).isFalse();
    }

    @Test
    void theSameRefreshIsAnsweredTheSameTwice() throws Exception {
        CustomerCalls ann = centre.ann("text", "hello");

        assertThat(ann.perform("refresh", "transcriptPosition", "2"))
                .isEqualTo(ann.perform("refresh", "transcriptPosition", "2"));
    }

    @Test
    void attachedDataReachesTheQueueButCannotPoseAsTheSystems() throws Exception {
        CustomerCalls ann = centre.ann();

        ann.perform("updateData", "userData[Colour]", "green", "userData[ChatServerAppName]", "Elsewhere");

        JsonNode interaction = centre.interaction(ann.chatId());
        assertThat(interaction.path("Colour").asString()).isEqualTo("green");
        assertThat(interaction.path("ChatServerAppName").asString()).isEqualTo("ChatServer_A");
    }

    @Test
    void fileLimitsAreOneNoticeWithoutAnIndex() throws Exception {
        JsonNode reply = centre.ann().perform("file/limits");

        assertThat(reply.propertyNames()).containsExactlyInAnyOrder("statusCode", "messages", "chatEnded");
        JsonNode notice = reply.path("messages").get(0);
        assertThat(notice.path("type").asString()).isEqualTo("Notice");
        assertThat(notice.path("text").asString()).isEqualTo("file-client-cfg-get");
        assertThat(notice.has("index")).isFalse();
        assertThat(notice.path("userData").path("upload-max-files").asString()).isEqualTo("10");
        assertThat(notice.path("userData").path("upload-file-types").asString()).contains("pdf:png");
    }

    @Test
    void aFileIsUploadedFetchedAndDeleted() throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode uploaded = ann.upload("bon à payer.txt", "12 €");
        String fileId = uploaded.path("userData").path("file-id").asString();
        HttpResponse<byte[]> fetched = ann.call("file/" + fileId + "/download");
        JsonNode deleted = ann.perform("file/" + fileId + "/delete", "transcriptPosition", "2");
        JsonNode fetchedAgain = ann.perform("file/" + fileId + "/download");

        assertThat(new String(fetched.body(), StandardCharsets.UTF_8)).isEqualTo("12 €");
        assertThat(fetched.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''bon%20%C3%A0%20payer.txt");
        assertThat(CustomerCalls.lines(deleted))
                .containsExactly("Client Ann FileUploaded: ", "Client Ann FileDeleted: ");
        JsonNode event = deleted.path("messages").get(0);
        assertThat(event.path("userData").path("file-id").asString()).isEqualTo(fileId);
        assertThat(event.path("userData").path("file-description").asString()).isEqualTo("the receipt");
        assertThat(fetchedAgain.path("statusCode").asInt()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotTakenIsRefusedByName() throws Exception {
        JsonNode refused = centre.ann().upload("virus.exe", "MZ");

        assertThat(refused.path("statusCode").asInt()).isEqualTo(1);
        assertThat(refused.path("errors").get(0).path("advice").asString()).contains("'exe'");
    }

    @Test
    void aDisconnectEndsTheChatAndTakesTheInteractionOffline() throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode reply = ann.perform("disconnect", "transcriptPosition", "2");

        assertThat(reply.path("chatEnded").asBoolean()).isTrue();
        assertThat(CustomerCalls.lines(reply)).containsExactly("Client Ann ParticipantLeft: ");
        assertThat(centre.interaction(ann.chatId()).path("IsOnline").asString()).isEqualTo("0");
        assertThat(ann.perform("refresh", "transcriptPosition", "0")
                        .path("chatEnded")
                        .asBoolean())
                .isTrue();
        assertGone(ann.perform("send", "message", "still there?"));
    }

    @Test
    void aCrashedServersChatsAreOverForTheirCustomersAndNewOnesGoElsewhere() throws Exception {
        CustomerCalls ann = centre.ann();
        CustomerCalls bob = centre.ann();

        centre.turn("ChatServer_A", "crash");

        assertGone(ann.perform("refresh", "transcriptPosition", "0"));
        assertThat(bob.perform("refresh").path("statusCode").asInt()).isZero();
        assertThat(centre.ann().opening().path("alias").asString()).isEqualTo("118");
        assertThat(centre.ann().opening().path("alias").asString()).isEqualTo("118");
        centre.turn("ChatServer_A", "restart");
        assertGone(ann.perform("refresh", "transcriptPosition", "0"));
    }

    @Test
    void noChatCanBeRequestedWhileEveryChatServerIsDown() throws Exception {
        centre.turn("ChatServer_A", "crash");
        centre.turn("ChatServer_B", "crash");

        JsonNode refused = centre.ann().opening();

        assertThat(refused.path("statusCode").asInt()).isEqualTo(2);
        assertThat(refused.path("errors").get(0).path("advice").asString()).contains("no chat server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"userId", "secureKey"})
    void anotherCustomersKeysOpenNothing(String field) throws Exception {
        CustomerCalls ann = centre.ann();
        ((ObjectNode) ann.opening()).put(field, "guessed");

        JsonNode refused = ann.perform("refresh", "transcriptPosition", "0");

        assertThat(refused.path("statusCode").asInt()).isEqualTo(2);
        assertThat(refused.path("chatEnded").asBoolean()).isFalse();
        assertThat(refused.has("messages")).isFalse();
    }

    @Test
    void aFieldThatIsMissingOrMalformedIsNamed() throws Exception {
        CustomerCalls ann = centre.ann();

        JsonNode missing = ann.perform("send");
        JsonNode malformed = ann.perform("refresh", "transcriptPosition", "first");

        assertThat(missing.path("statusCode").asInt()).isEqualTo(1);
        assertThat(missing.path("errors").get(0).path("advice").asString()).contains("'message'");
        assertThat(malformed.path("errors").get(0).path("advice").asString()).contains("'first'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dance", "file/x/rename"})
    void whatIsNoOperationIsNotFound(String operation) throws Exception {
        HttpResponse<byte[]> response = centre.ann().call(operation);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void customersCannotReachTheInteractionServerThroughTheFront() throws Exception {
        URI gms = centre.sandbox().gms();
        String chatId = centre.ann().chatId();

        assertThat(centre.post(gms.resolve("/esp"), "application/json", "{}").statusCode())
                .isEqualTo(405);
        assertThat(centre.get(gms.resolve("/interactions/" + chatId)).statusCode())
                .isEqualTo(404);
    }

    private static void assertGone(JsonNode reply) {
        assertThat(reply.path("statusCode").asInt()).isEqualTo(2);
        assertThat(reply.path("chatEnded").asBoolean()).isTrue();
        assertThat(reply.path("errors")).isNotEmpty();
    }
}
