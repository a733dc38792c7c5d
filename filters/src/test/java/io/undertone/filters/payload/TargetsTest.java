package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place of a message in which a person may have written something, of every kind of sender, in every Genesys dialect. */
class TargetsTest {
    private static final String[] OBJECT_DIALECTS = {"genesys-v2", "genesys-v2-cometd", "auto"};
    private static final String[] ROW_DIALECTS = {"genesys-v1", "genesys-v1-cometd", "auto"};
    private static final String[] KINDS = {"Client", "Agent", "Supervisor", "External", "System", "Robot", ""};

    /** What stands in a message besides its sender. */
    private static final String[] TARGETS = {
        "\"type\":\"Message\",\"text\":\"a #undertone# b\"",
        "\"type\":\"Message\",\"messageType\":\"#undertone#\",\"text\":\"hi\"",
        "\"type\":\"Notice\",\"text\":\"#undertone#\"",
        "\"type\":\"CustomNotice\",\"text\":\"#undertone#\"",
        "\"type\":\"CustomNotice\",\"noticeText\":\"#undertone#\"",
        "\"type\":\"TypingStarted\",\"text\":\"#undertone#\"",
        "\"type\":\"FileUploaded\",\"text\":\"#undertone#.pdf\",\"userData\":{\"file-id\":\"7\"}",
        "\"type\":\"FileUploaded\",\"text\":\"a.pdf\",\"userData\":{\"file-id\":\"7\",\"file-name\":\"#undertone#.pdf\"}",
        "\"type\":\"FileDeleted\",\"userData\":{\"file-description\":\"#undertone#\"}",
        "\"type\":\"PushUrl\",\"text\":\"https://acme.example/?q=#undertone#\"",
        "\"text\":\"https://acme.example/?q=%23undertone%23&r=50%\",\"type\":\"PushUrl\"",
        "\"type\":\"NicknameUpdated\",\"text\":\"#undertone#\"",
        "\"type\":\"Message\",\"text\":\"hi\",\"userData\":{\"a\":{\"b\":[1,{\"c\":\"#undertone#\"}]}}",
        "\"type\":\"Message\",\"text\":\"hi\",\"userData\":{\"a\":{\"#undertone#\":true}}",
        "\"type\":\"Message\",\"text\":\"hi\",\"eventAttributes\":{\"a\":[\"#undertone#\"]}",
        "\"type\":\"Message\",\"text\":{\"parts\":[\"#undertone#\"]}",
        "\"type\":\"#undertone#\",\"text\":\"hi\"",
        "\"type\":{\"type\":[\"#undertone#\"]},\"text\":\"hi\"",
        "\"type\":\"Message\",\"index\":\"#undertone#\",\"text\":\"hi\"",
        "\"type\":\"Message\",\"utcTime\":\"at #undertone#\",\"text\":\"hi\"",
        "\"type\":\"Message\",\"from\":{\"participantId\":\"#undertone#\"},\"text\":\"hi\"",
    };

    static Stream<Arguments> objects() {
        return Stream.of(OBJECT_DIALECTS)
                .flatMap(dialect -> Stream.of(TARGETS).map(target -> Arguments.of(dialect, target)));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void anyoneButTheCustomerIsHiddenWhereverTheyWriteIt(String dialect, String target) {
        for (String kind : KINDS) {
            String message = "{\"from\":{\"nickname\":\"Ann\",\"participantId\":2,\"type\":\"" + kind
                    + "\"},\"index\":5," + target + ",\"utcTime\":1432845541000}";
            assertJudged(dialect, kind, payload(dialect, message), payload(dialect, ""));
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whatOnlyResemblesItIsDelivered(String dialect, String target) {
        String message = "{\"from\":{\"nickname\":\"undertone\",\"participantId\":2,\"type\":\"Agent\"},"
                + target.replace("undertone", "under tone") + "}";
        assertThat(new Editing().in(dialect).of(payload(dialect, message))).isEqualTo(payload(dialect, message));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void aNicknameIsJudgedToo(String dialect, String ignored) {
        for (String kind : KINDS) {
            String message = "{\"from\":{\"nickname\":\"x #undertone# y\",\"type\":\"" + kind
                    + "\"},\"type\":\"ParticipantJoined\"}";
            assertJudged(dialect, kind, payload(dialect, message), payload(dialect, ""));
        }
    }

    private static String payload(String dialect, String message) {
        String data = "{\"messages\":[" + message + "],\"chatEnded\":false,\"nextPosition\":6}";
        return dialect.equals("genesys-v2-cometd")
                ? "[{\"channel\":\"/service/chatV2/x\",\"data\":" + data + "}]"
                : data;
    }

    static Stream<Arguments> rows() {
        return Stream.of(ROW_DIALECTS).flatMap(dialect -> Stream.of(
                        "[\"Message.Text\",\"ann\",\"#undertone#\",\"6\",\"%s\"]",
                        "[\"Notice.Joined\",\"#undertone#\",\"has joined\",\"6\",\"%s\"]",
                        "[\"Notice.Custom\",\"ann\",\"#undertone#\",\"6\",\"%s\"]",
                        "[\"Notice.PushUrl\",\"ann\",\"http://x/?%%23undertone%%23\",\"6\",\"%s\"]",
                        "[\"PushUrl.Text\",\"ann\",\"http://x/?%%23undertone%%23\",\"6\",\"%s\"]",
                        "[\"#undertone#\",\"ann\",\"hi\",\"6\",\"%s\"]",
                        "[\"Message.Text\",\"ann\",\"hi\",\"6\",\"%s\",7,\"#undertone#\"]",
                        "[\"Message.Text\",\"ann\",\"hi\",\"6\",\"%s\",{\"a\":{\"#undertone#\":[]}}]")
                .map(row -> Arguments.of(dialect, row)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowOfAnyoneButTheCustomerIsReplaced(String dialect, String row) {
        for (String kind : new String[] {"CLIENT", "AGENT", "SUPERVISOR", "EXTERNAL", "SYSTEM", "ROBOT"}) {
            String chat = "{\"transcriptPosition\":\"2\",\"transcriptToShow\":[" + row.formatted(kind) + "]}";
            String payload = dialect.equals("genesys-v1-cometd") ? "[{\"data\":{\"message\":" + chat + "}}]" : chat;
            String edited = new Editing().in(dialect).of(payload);
            if (kind.equals("CLIENT")) {
                assertThat(edited).isEqualTo(payload);
            } else {
                assertThat(edited)
                        .contains("[\"Notice.TypingStopped\",\"\",\"\",\"6\",\"AGENT\"")
                        .doesNotContain("undertone");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesys-v1", "auto"})
    void aRowsNumberAndKindSayNothingElse(String dialect) {
        String harmless = "{\"transcriptToShow\":[[\"Notice.TypingStopped\",\"\",\"\",\"%s\",\"AGENT\"]]}";

        assertThat(new Editing()
                        .in(dialect)
                        .of("{\"transcriptToShow\":[[\"Message.Text\",\"ann\",\"hi\",\"6 #undertone#\",\"AGENT\"]]}"))
                .isEqualTo(harmless.formatted(""));
        assertThat(new Editing()
                        .in(dialect)
                        .of("{\"transcriptToShow\":[[\"Message.Text\",\"ann\",\"hi\",\"6\",\"#undertone#\"]]}"))
                .isEqualTo(harmless.formatted("6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesys-v2", "auto"})
    void aSendersKindSaysNothingElse(String dialect) {
        assertThat(
                        new Editing()
                                .in(dialect)
                                .of(
                                        "{\"messages\":[{\"type\":\"Message\",\"from\":{\"type\":\"#undertone#\"},\"text\":\"hi\"}]}"))
                .isEqualTo("{\"messages\":[]}");
    }

    /** What the chat system writes of its own is in every message, and no word of anybody's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "message",
                "Notice",
                "agent",
                "EXTERNAL",
                "typing",
                "Text",
                "432",
                "1432845541000",
                "joined",
                "stop"
            })
    void aWordOfTheChatSystemIsNoKeyword(String keyword) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(keyword, Visibility.VIP)), List.of());
        String objects = "{\"messages\":["
                + Stream.of("Message", "Notice", "ParticipantJoined", "TypingStarted", "TypingStopped", "CustomNotice")
                        .flatMap(type -> Stream.of("Agent", "External", "System")
                                .map(kind -> "{\"from\":{\"nickname\":\"Ann\",\"participantId\":1432,\"type\":\"" + kind
                                        + "\"},\"index\":\"432\",\"type\":\"" + type
                                        + "\",\"utcTime\":\"1432845541000\"}"))
                        .collect(Collectors.joining(","))
                + "]}";
        String rows = "{\"transcriptToShow\":["
                + Stream.of("Message.Text", "Notice.Joined", "Notice.TypingStarted", "Notice.TypingStopped")
                        .flatMap(type -> Stream.of("AGENT", "EXTERNAL", "SYSTEM")
                                .map(kind -> "[\"" + type + "\",\"Ann\",\"hi\",\"1432\",\"" + kind + "\"]"))
                        .collect(Collectors.joining(","))
                + "]}";

        for (String dialect : new String[] {"genesys-v2", "auto"}) {
            assertThat(new Editing().in(dialect).with(keywords).of(objects)).isEqualTo(objects);
        }
        for (String dialect : new String[] {"genesys-v1", "auto"}) {
            assertThat(new Editing().in(dialect).with(keywords).of(rows)).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "interval",
                "timeout",
                "polling",
                "websocket",
                "version",
                "client",
                "position",
                "status",
                "monitored",
                "ended",
                "transcript",
                "idle",
                "host",
                "port",
                "required",
                "send",
                "zone",
                "started",
                "http"
            })
    void aWordOfTheProtocolIsNoKeyword(String keyword) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(keyword, Visibility.VIP)), List.of());
        String meta =
                "{\"channel\":\"/meta/handshake\",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"supportedConnectionTypes\":[\"websocket\",\"long-polling\",\"callback-polling\"],\"clientId\":\"7\",\"successful\":true,\"authSuccessful\":true,\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000,\"maxInterval\":10000,\"multiple-clients\":true}}";
        String v2 =
                "{\"statusCode\":0,\"alias\":\"117\",\"monitored\":false,\"idleTimerExpire\":60,\"nextPosition\":6,\"chatEnded\":false,\"messages\":[]}";
        String v1 =
                "{\"chatIxnState\":\"TRANSCRIPT\",\"transcriptPosition\":\"2\",\"startedAt\":\"2015\",\"chatServerHost\":\"h\",\"chatWebApiPort\":\"80\",\"isTLSrequired\":\"false\",\"clientTimeZoneOffset\":\"0\",\"_chatIxnAPI_SEND_URL\":\"http://h/send\",\"transcriptToShow\":[]}";
        assertPasses("genesys-v2", keywords, v2);
        assertPasses("genesys-v1", keywords, v1);
        assertPasses("bayeux", keywords, "[" + meta + "]");
        assertPasses("genesys-v2-cometd", keywords, "[" + meta + ",{\"channel\":\"/x\",\"data\":" + v2 + "}]");
        assertPasses("genesys-v1-cometd", keywords, "[" + meta + ",{\"data\":{\"message\":" + v1 + "}}]");
        assertPasses("auto", keywords, "[" + meta + ",{\"data\":" + v2 + "},{\"data\":{\"message\":" + v1 + "}}]");
    }

    private static void assertPasses(String dialect, KeywordSet keywords, String payload) {
        assertThat(new Editing().in(dialect).with(keywords).of(payload))
                .as(dialect)
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "client", "download", "upload", "notice", "file-client-cfg-get"})
    void theReplyAboutFileLimitsArrivesWhole(String keyword) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(keyword, Visibility.VIP)), List.of());
        assertPasses(
                "genesys-v2",
                keywords,
                "{\"messages\":[{\"from\":{\"type\":\"External\"},\"type\":\"Notice\",\"text\":\"file-client-cfg-get\",\"userData\":{\"download-attempts\":\"10\",\"upload-max-files\":\"5\",\"upload-need-agent\":\"false\",\"upload-file-types\":\"png:pdf\"}}],\"chatEnded\":false}");
    }

    private static void assertJudged(String dialect, String kind, String payload, String without) {
        assertThat(new Editing().in(dialect).of(payload)).as(kind).isEqualTo(kind.equals("Client") ? payload : without);
    }
}
