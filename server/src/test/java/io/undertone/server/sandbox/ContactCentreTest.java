package io.undertone.server.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Crash and restoration, without sockets. */
class ContactCentreTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ContactCentre centre = new ContactCentre(Clock.systemUTC(), List.of("A", "B"));
    private String chat;

    @BeforeEach
    void open() {
        chat = centre.open("A", "Ann", "hello");
    }

    @Test
    void aCrashLeavesTheInteractionOnlineAndNobodyToJoin() {
        centre.crash("A");

        assertThat(centre.isLive(chat)).isFalse();
        assertThat(centre.join(chat, "Mara")).isFalse();
        assertThat(centre.userData(chat)).containsEntry("IsOnline", "1").containsEntry("ChatServerAppName", "A");
        assertThat(refresh(1).path("statusCode").asInt()).isEqualTo(2);
    }

    @Test
    void aRestoredSessionGoesOnInTheOtherServer() {
        int position = refresh(1).path("nextPosition").asInt();
        centre.crash("A");

        assertThat(centre.restore(chat, "B")).isTrue();

        assertThat(centre.isLive(chat)).isTrue();
        assertThat(centre.userData(chat)).containsEntry("ChatServerAppName", "B");
        assertThat(refresh(1).path("messages").path(1).path("text").asString()).isEqualTo("hello");
        assertThat(centre.join(chat, "Mara")).isTrue();
        JsonNode joined = refresh(position).path("messages").path(0);
        assertThat(joined.path("type").asString()).isEqualTo("ParticipantJoined");
        assertThat(joined.path("index").asInt()).isEqualTo(position);
        assertThat(joined.path("from").path("participantId").asInt()).isEqualTo(2);
    }

    @Test
    void aServerThatIsDownRestoresNothing() {
        centre.crash("A");
        centre.crash("B");

        assertThat(centre.restore(chat, "B")).isFalse();
        assertThat(centre.userData(chat)).containsEntry("ChatServerAppName", "A");
    }

    @Test
    void aServerThatIsBackDoesNotKnowItsSessions() {
        assertThat(probe("A")).contains("ExternalServiceResponse");

        centre.crash("A");
        assertThat(probe("A")).contains("EventError");

        centre.restart("A");
        assertThat(probe("A")).contains("ExternalServiceFault").contains("\"FaultCode\":\"100\"");
    }

    @Test
    void aConversationThatIsOverIsOffline() {
        centre.join(chat, "Mara");

        centre.finish(chat);

        assertThat(centre.userData(chat)).containsEntry("IsOnline", "0");
        assertThat(refresh(1).path("chatEnded").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> centre.crash("C")).withMessageContaining("'C'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> centre.isLive("none"))
                .withMessageContaining("'none'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> centre.esp("{".getBytes(UTF_8)))
                .withMessageContaining("not JSON");
    }

    private JsonNode refresh(int position) {
        return JSON.readTree(centre.refresh(chat, position));
    }

    private String probe(String server) {
        String request = """
                {"AppName":"%s","AppType":"ChatServer","Service":"Chat","Method":"Message",
                 "Parameters":{"MessageText":"#probe#"},"UserData":{"InteractionId":"%s"}}""".formatted(server, chat);
        return new String(centre.esp(request.getBytes(UTF_8)), UTF_8);
    }
}
