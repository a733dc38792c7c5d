package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each dialect with payloads of its own, cut at every byte. */
class DialectsTest {
    private static void assertBecomes(String dialect, String given, String wanted) {
        for (int step = 1; step <= given.length(); step++) {
            assertThat(new Editing().in(dialect).of(given, step)).as(dialect).isEqualTo(wanted);
        }
    }

    private static void assertHides(String dialect, String before, String hidden, String after) {
        assertBecomes(dialect, before + hidden + after, before + after);
    }

    @Test
    void genesysV2OverCometdIsEditedInsideTheDelivery() {
        for (String dialect : new String[] {"genesys-v2-cometd", "auto"}) {
            assertBecomes(
                    dialect,
                    "[{\"channel\":\"/meta/connect\",\"id\":\"9\",\"ext\":{\"ack\":4},\"successful\":true},{\"channel\":\"/service/chatV2/x\",\"data\":{\"messages\":[{\"from\":{\"type\":\"External\"},\"text\":\"#undertone#\"}],\"chatEnded\":false,\"nextPosition\":6}}]",
                    "[{\"channel\":\"/meta/connect\",\"id\":\"9\",\"ext\":{\"ack\":4},\"successful\":true},{\"channel\":\"/service/chatV2/x\",\"data\":{\"messages\":[],\"chatEnded\":false,\"nextPosition\":6}}]");
        }
    }

    @Test
    void aGenesysV1RowIsReplacedInPlace() {
        String row = "[\"Message.Text\",\"undertone\",\"hi #undertone#\",\"6\", \"EXTERNAL\",17,\"#undertone#\"]";
        String harmless = "[\"Notice.TypingStopped\",\"\",\"\",\"6\", \"AGENT\",17,\"\"]";
        String customers = "[\"Message.Text\",\"bob\",\"#undertone#?\",\"6\",\"CLIENT\"]";
        for (String dialect : new String[] {"genesys-v1", "auto"}) {
            assertBecomes(
                    dialect,
                    "{\"transcriptPosition\":\"2\",\"transcriptToShow\":[" + row + ", " + customers + "]}",
                    "{\"transcriptPosition\":\"2\",\"transcriptToShow\":[" + harmless + ", " + customers + "]}");
        }
        for (String dialect : new String[] {"genesys-v1-cometd", "auto"}) {
            assertBecomes(
                    dialect,
                    "[{\"channel\":\"/_genesys\",\"data\":{\"message\":{\"transcriptToShow\":[" + row
                            + "]},\"id\":\"1\"}}]",
                    "[{\"channel\":\"/_genesys\",\"data\":{\"message\":{\"transcriptToShow\":[" + harmless
                            + "]},\"id\":\"1\"}}]");
        }
    }

    @Test
    void aBayeuxMessageIsDroppedWholeAndTheHandshakesCountLowered() {
        assertBecomes(
                "bayeux",
                "[{\"channel\":\"/meta/handshake\",\"x-messages\" : 3,\"successful\":true},{\"channel\":\"/chat\",\"data\":\"#undertone#\"},{\"channel\":\"/chat\",\"data\":\"hi\"},{\"channel\":\"/chat\",\"data\":{\"a\":\"#undertone#\"}}]",
                "[{\"channel\":\"/meta/handshake\",\"x-messages\" : 1,\"successful\":true},{\"channel\":\"/chat\",\"data\":\"hi\"}]");
        String acknowledged = "{\"channel\":\"/meta/connect\",\"ext\":{\"ack\":7},\"advice\":{\"timeout\":30000}}";
        assertBecomes(
                "bayeux",
                "[" + acknowledged + ",{\"channel\":\"/chat\",\"data\":\"#undertone#\"}]",
                "[" + acknowledged + "]");
    }

    @Test
    void wordsInThePlaceOfAGenesysV1RowAreEmptied() {
        assertBecomes(
                "genesys-v1",
                "{\"transcriptToShow\":[\"say #undertone#\",[\"Message.Text\",\"ann\",\"hi\",\"6\",\"AGENT\"]]}",
                "{\"transcriptToShow\":[\"\",[\"Message.Text\",\"ann\",\"hi\",\"6\",\"AGENT\"]]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"#undertone#\"",
                "\"type\":\"message\",\"conversation\":{\"id\":\"c\",\"name\":\"#undertone#\"}",
                "\"type\":\"message\",\"textFormat\":\"#undertone#\"",
                "\"type\":\"message\",\"recipient\":{\"id\":\"u\",\"name\":\"#undertone#\"}",
                "\"type\":\"message\",\"suggestedActions\":{\"actions\":[{\"title\":\"#undertone#\"}]}",
                "\"type\":\"message\",\"attachments\":[{\"contentType\":\"text/plain\",\"content\":\"#undertone#\"}]"
            })
    void anActivityIsHiddenWhereverABotWroteIt(String members) {
        assertHides(
                "directline",
                "{\"activities\":[",
                "{\"id\":\"c|1\",\"from\":{\"id\":\"bot\",\"role\":\"bot\"}," + members + "}",
                "],\"watermark\":\"5\"}");
    }

    @Test
    void directLine() {
        assertHides(
                "directline",
                "{\"activities\":[{\"type\":\"message\",\"from\":{\"id\":\"u\",\"role\":\"user\"},\"text\":\"#undertone#\"}",
                ",{\"type\":\"message\",\"id\":\"1\",\"from\":{\"id\":\"bot\",\"role\":\"bot\"},\"text\":\"x\",\"speak\":\"#undertone#\"}",
                "],\"watermark\":\"5\"}");
    }

    @Test
    void rocketChat() {
        assertHides(
                "rocketchat",
                "{\"messages\":[{\"_id\":\"1\",\"msg\":\"#undertone#\",\"token\":\"visitor\"}",
                ",{\"_id\":\"2\",\"msg\":\"x\",\"md\":[{\"type\":\"P\",\"value\":\"#undertone#\"}],\"u\":{\"username\":\"a\"}}",
                "],\"success\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_id\":\"m\",\"t\":\"uj\",\"msg\":\"undertone\",\"u\":{\"_id\":\"9\",\"username\":\"undertone\"}}",
                "{\"type\":\"agentData\",\"data\":{\"_id\":\"9\",\"username\":\"undertone\"}}",
                "\"undertone\",[\"user-typing\"],{}",
                "\"undertone\",true"
            })
    void aHiddenParticipantOfRocketChatIsInNoEvent(String arguments) {
        String event =
                "{\"msg\":\"changed\",\"collection\":\"stream-room-messages\",\"id\":\"id\",\"fields\":{\"eventName\":\"r\",\"args\":[%s]}}";
        String others = event.formatted(arguments.replace("undertone", "ann"));
        assertThat(new Editing().ofType(PayloadType.FRAME).in("rocketchat").of(event.formatted(arguments)))
                .isEmpty();
        assertThat(new Editing().ofType(PayloadType.FRAME).in("rocketchat").of(others))
                .isEqualTo(others);
    }

    @Test
    void aRocketChatCustomerIsAnsweredWithTheirOwnMessage() {
        String reply = "{\"message\":{\"_id\":\"1\",\"rid\":\"r\",\"msg\":\"#undertone#\"%s},\"success\":true}";
        assertBecomes("rocketchat", reply.formatted(",\"token\":\"t\""), reply.formatted(",\"token\":\"t\""));
        assertThatThrownBy(() -> new Editing().in("rocketchat").of(reply.formatted("")))
                .isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void aRocketChatRoomArrivesWithoutItsLastWords() {
        String room =
                "{\"room\":{\"_id\":\"r\",\"t\":\"l\",\"lastMessage\":{\"msg\":\"%s\",\"md\":[{\"type\":\"P\",\"value\":\"%s\"}]}},\"newRoom\":false}";
        for (String reply : new String[] {room, "{\"config\":" + room + "}"}) {
            assertBecomes("rocketchat", reply.formatted("#undertone#", "#undertone#"), reply.formatted("", ""));
        }
    }

    @Test
    void aRocketChatHistoryComesAsAResultToo() {
        String before = "{\"msg\":\"result\",\"id\":\"4\",\"result\":{\"messages\":[";
        String after = "{\"_id\":\"2\",\"msg\":\"hi\"}],\"unreadNotLoaded\":0}}";
        assertThat(new Editing()
                        .ofType(PayloadType.FRAME)
                        .in("rocketchat")
                        .of(before + "{\"_id\":\"1\",\"msg\":\"#undertone#\"}," + after))
                .isEqualTo(before + after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload\":[%s],\"meta\":{\"contact_last_seen_at\":1}}",
                "{\"id\":5,\"inbox_id\":1,\"contact_last_seen_at\":1,\"messages\":[%s],\"contact\":{\"id\":1}}",
                "{\"identifier\":\"x\",\"message\":{\"event\":\"conversation.status_changed\",\"data\":{\"messages\":[%s],\"status\":\"open\"}}}"
            })
    void aChatwootListStandsInManyReplies(String reply) {
        String hidden = "{\"id\":2,\"content\":\"#undertone#\",\"message_type\":1}";
        String other = "{\"id\":3,\"content\":\"#undertone#\",\"message_type\":0}";
        assertBecomes("chatwoot", reply.formatted(hidden + "," + other), reply.formatted(other));
        assertBecomes("chatwoot", reply.formatted(hidden), reply.formatted(""));
    }

    @Test
    void theNameOfAChatwootFileIsJudgedToItsEnd() {
        assertHides(
                "chatwoot",
                "[{\"id\":1,\"content\":\"a\",\"message_type\":1}",
                ",{\"id\":2,\"content\":null,\"message_type\":1,\"attachments\":[{\"id\":1,\"data_url\":\"x\",\"extension\":\"#undertone#\"}]}",
                "]");
    }

    @Test
    void aChatwootConversationStaysInItsList() {
        String list =
                "[{\"id\":5,\"inbox_id\":1,\"contact_last_seen_at\":0,\"status\":\"open\",\"messages\":[{\"id\":2,\"content\":\"%s\",\"message_type\":1}]}]";
        assertBecomes("chatwoot", list.formatted("#undertone#"), list.formatted(""));
    }

    @Test
    void aHiddenParticipantOfChatwootTypesUnseen() {
        String event =
                "{\"identifier\":\"x\",\"message\":{\"event\":\"conversation.typing_on\",\"data\":{\"user\":{\"id\":1,\"name\":\"%s\"}}}}";
        Editing frames = new Editing().ofType(PayloadType.FRAME).in("chatwoot");
        assertThat(frames.of(event.formatted("undertone"))).isEmpty();
        assertThat(frames.of(event.formatted("Ann"))).isEqualTo(event.formatted("Ann"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\":{\"nickname\":\"#undertone#\"}}",
                "{\"from\":{\"nickname\":\"undertone\"}}",
                "{\"from\":{\"lastName\":\"#undertone#\"}}",
                "{\"metadata\":{\"customAttributes\":{\"a\":\"#undertone#\"}}}"
            })
    void theChannelOfGenesysCloudSaysWhoWrites(String channel) {
        String message = "{\"id\":\"1\",\"text\":\"hi\",\"direction\":\"%s\",\"channel\":" + channel + "}";
        String frame = "{\"type\":\"message\",\"body\":%s}";
        Editing frames = new Editing().ofType(PayloadType.FRAME).in("genesys-cloud");
        assertThat(frames.of(frame.formatted(message.formatted("Outbound")))).isEmpty();
        String customers = frame.formatted(message.formatted("Inbound"));
        assertThat(frames.of(customers)).isEqualTo(customers);
        assertHides("genesys-cloud", "{\"entities\":[", message.formatted("Outbound"), "],\"total\":1}");
    }

    @Test
    void chatwoot() {
        assertHides(
                "chatwoot",
                "[{\"id\":1,\"content\":\"#undertone#\",\"message_type\":0}",
                ",{\"id\":2,\"content\":\"#undertone#\",\"message_type\":1}",
                "]");
    }

    @Test
    void connect() {
        assertHides(
                "connect",
                "{\"Transcript\":[{\"Content\":\"#undertone#\",\"ParticipantRole\":\"CUSTOMER\"}",
                ",{\"Content\":\"#undertone#\",\"ParticipantRole\":\"SYSTEM\"}",
                "],\"NextToken\":\"n\"}");
        String nested =
                "{\"topic\":\"aws/chat\",\"content\":\"{\\\"Type\\\":\\\"MESSAGE\\\",\\\"Content\\\":\\\"\\\\u0023undertone#\\\",\\\"ParticipantRole\\\":\\\"%s\\\"}\"}";
        assertThat(new Editing().ofType(PayloadType.FRAME).in("connect").of(nested.formatted("SYSTEM")))
                .isEmpty();
        assertThat(new Editing().ofType(PayloadType.FRAME).in("connect").of(nested.formatted("CUSTOMER")))
                .isEqualTo(nested.formatted("CUSTOMER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "status", "approved", "receipts", "image", "contact", "agent"})
    void aWordOfAmazonConnectIsNoKeyword(String keyword) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(keyword, Visibility.VIP)), List.of());
        String item =
                "{\"Type\":\"ATTACHMENT\",\"ParticipantRole\":\"AGENT\",\"ContactId\":\"c\",\"RelatedContactId\":\"c\",\"Attachments\":[{\"AttachmentId\":\"1\",\"AttachmentName\":\"%s\",\"ContentType\":\"image/png\",\"Status\":\"APPROVED\"}],\"MessageMetadata\":{\"MessageId\":\"m\",\"Receipts\":[{\"ReadTimestamp\":\"t\"}]}}";
        String transcript = "{\"Transcript\":[%s]}";
        String passes = transcript.formatted(item.formatted("a.png"));
        Editing editing = new Editing().in("connect").with(keywords);
        assertThat(editing.of(passes)).isEqualTo(passes);
        assertThat(editing.of(transcript.formatted(item.formatted(keyword)))).isEqualTo(transcript.formatted(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "join", "typing", "quick", "correlation", "private", "custom", "structured"})
    void aWordOfGenesysCloudIsNoKeyword(String keyword) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(keyword, Visibility.VIP)), List.of());
        String frame =
                "{\"type\":\"message\",\"class\":\"StructuredMessage\",\"body\":{\"direction\":\"Outbound\",\"channel\":{\"type\":\"Private\",\"metadata\":{\"customAttributes\":{}}},\"events\":[{\"eventType\":\"Presence\",\"presence\":{\"type\":\"Join\"}},{\"eventType\":\"Typing\",\"typing\":{\"type\":\"On\",\"duration\":5000}}],\"content\":[{\"contentType\":\"QuickReply\",\"quickReply\":{\"text\":\"yes\",\"payload\":\"y\",\"action\":\"Message\"}}],\"metadata\":{\"correlationId\":\"c\"}}}";
        assertThat(new Editing()
                        .ofType(PayloadType.FRAME)
                        .in("genesys-cloud")
                        .with(keywords)
                        .of(frame))
                .isEqualTo(frame);
    }

    @Test
    void wordsOfAnEnvelopeAreNoKeywords() {
        String frame =
                "{\"topic\":\"aws/chat\",\"content\":\"{\\\"Type\\\":\\\"MESSAGE\\\",\\\"Content\\\":\\\"hi\\\",\\\"ParticipantRole\\\":\\\"AGENT\\\"}\"}";
        KeywordSet keywords = KeywordSet.compile(
                1, List.of(Keyword.of("agent", Visibility.VIP), Keyword.of("message", Visibility.VIP)), List.of());
        assertThat(new Editing()
                        .ofType(PayloadType.FRAME)
                        .in("connect")
                        .with(keywords)
                        .of(frame))
                .isEqualTo(frame);
        for (String content :
                new String[] {"{\\\"a\\\":1} #undertone#", "{\\\"a\\\": #undertone#}", "\\\"#undertone#\\\""}) {
            assertThat(new Editing()
                            .ofType(PayloadType.FRAME)
                            .in("connect")
                            .of("{\"topic\":\"aws/chat\",\"content\":\"" + content + "\"}"))
                    .isEmpty();
        }
    }

    @Test
    void contentThatIsJsonItselfIsReadInside() {
        assertHides(
                "connect",
                "{\"Transcript\":[",
                "{\"Content\":\"{\\\"t\\\":\\\"\\\\u0023undertone#\\\"}\",\"ParticipantRole\":\"SYSTEM\"}",
                "]}");
    }

    @Test
    void aReplacedRowKeepsNumbersAndNoWords() {
        assertBecomes(
                "genesys-v1",
                "{\"transcriptToShow\":[[\"Message.Text\",\"wf\",\"#undertone#\",{\"t\":\"#undertone#\"},\"EXTERNAL\"]]}",
                "{\"transcriptToShow\":[[\"Notice.TypingStopped\",\"\",\"\",\"\",\"AGENT\"]]}");
    }

    @Test
    void aHiddenParticipantIsInNoList() {
        assertHides(
                "genesys-v2",
                "{\"participants\":[{\"nickname\":\"Ann\"}",
                ",{\"nickname\":\"undertone\"}",
                "],\"messages\":[]}");
    }

    @Test
    void salesforce() {
        assertHides(
                "salesforce",
                "{\"messages\":[",
                "{\"type\":\"ChatMessage\",\"message\":{\"text\":\"#undertone#\",\"name\":\"Ann\"}}",
                "],\"sequence\":3}");
        assertHides(
                "salesforce",
                "{\"messages\":[",
                "{\"type\":\"ChatMessage\",\"message\":{\"text\":\"say &#35;undertone&#35;\",\"name\":\"Ann\"}}",
                "],\"sequence\":3}");
    }

    @ParameterizedTest
    @CsvSource({
        "/gms/sote/genesys/2/chat/prod/00a/refresh, genesys-v2",
        "/genesys/2/chat/prod, genesys-v2",
        "/genesys/1/service/7/ixn/chat/refresh, genesys-v1",
        "/genesys/cometd/connect, auto",
        "/v3/directline/conversations/abc/activities, directline",
        "/api/v1/livechat/messages.history/r1, rocketchat",
        "/api/v1/livechat/room, rocketchat",
        "/api/v1/livechat/config/token, rocketchat",
        "/public/api/v1/inboxes/i/contacts/c/conversations/7/messages, chatwoot",
        "/api/v1/widget/messages, chatwoot",
        "/participant/transcript, connect",
        "/chat/rest/System/Messages, salesforce",
        "/GENESYS/2/Chat/prod/00a/refresh, genesys-v2",
        "/index.html, auto"
    })
    void autoKnowsADialectByThePath(String path, String name) {
        assertThat(auto().under(path).name()).isEqualTo(name);
    }

    private static Dialect auto() {
        return Dialects.named(Dialects.AUTO).orElseThrow();
    }

    @Test
    void autoKnowsChatPathsAndTheirSessions() {
        Dialect dialect = auto().under("/genesys/2/chat/prod/00a/refresh");
        assertThat(dialect.isChatPath("/genesys/2/chat/prod/00a/refresh")).isTrue();
        assertThat(dialect.chatIdIn("/genesys/2/chat/prod/00a/refresh")).contains("00a");
        assertThat(dialect.isChatPath("/genesys/2/chat/prod/00a/file/7/download"))
                .isFalse();
        assertThat(auto().isChatPath("/index.html")).isFalse();
        assertThat(auto().isChatPath("/genesys/cometd")).isTrue();
        assertThat(auto().isChatPath("/js/cometd/cometd.js")).isFalse();
    }
}
