package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to arrive and still must not carry a keyword: words outside of messages, and messages that are never dropped. */
class WordsTest {
    private static void assertBecomes(String dialect, PayloadType type, String given, String wanted) {
        for (int step = 1; step <= given.length(); step++) {
            assertThat(new Editing().ofType(type).in(dialect).of(given, step))
                    .as("%s in steps of %d", dialect, step)
                    .isEqualTo(wanted);
        }
    }

    private static void assertBecomes(String dialect, String given, String wanted) {
        assertBecomes(dialect, PayloadType.JSON, given, wanted);
    }

    @Test
    void whatAnErrorSaysIsEmptiedAndTheErrorStays() {
        assertBecomes(
                "genesys-v2",
                "{\"statusCode\":2,\"errors\":[{\"code\":3, \"advice\":\"say #undertone#\",\"message\":\"no\"}],\"chatEnded\":true}",
                "{\"statusCode\":2,\"errors\":[{\"code\":3, \"advice\":\"\",\"message\":\"no\"}],\"chatEnded\":true}");
        assertBecomes(
                "genesys-v1",
                "{\"chatServiceMessage\":\"#undertone#\",\"transcriptPosition\":\"2\"}",
                "{\"chatServiceMessage\":\"\",\"transcriptPosition\":\"2\"}");
        for (String dialect : new String[] {"genesys-v2-cometd", "auto"}) {
            assertBecomes(
                    dialect,
                    "[{\"channel\":\"/c\",\"data\":{\"errors\":[{\"message\":\"#undertone#\"}],\"messages\":[]}}]",
                    "[{\"channel\":\"/c\",\"data\":{\"errors\":[{\"message\":\"\"}],\"messages\":[]}}]");
        }
    }

    @Test
    void userDataOfTheSessionIsJudgedDownToItsNamesAndTheFileIdStays() {
        assertBecomes(
                "genesys-v2",
                "{\"userData\":{\"file-id\":\"#undertone#\",\"a\":[{\"\\u0023undertone#\":\"x #undertone#\"}],\"b\":\"c\"}}",
                "{\"userData\":{\"file-id\":\"#undertone#\",\"a\":[{\"\":\"\"}],\"b\":\"c\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"#undertone#\"}",
                "{\"#undertone#\":1}",
                "[\"#undertone#\"]",
                "[[{\"a\":\"#undertone#\"}]]"
            })
    void whatStandsInsteadOfAFieldOfTheSessionIsNone(String instead) {
        for (String field : new String[] {"alias", "secureKey", "userId", "chatId"}) {
            String reply = "{\"messages\":[],\"%s\":%s}".formatted(field, instead);
            assertThatThrownBy(() -> new Editing().in("genesys-v2").of(reply, reply.length()))
                    .as(reply)
                    .isInstanceOf(UnreadablePayloadException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"genesys-v2-cometd", "genesys-v1-cometd", "auto", "bayeux"})
    void aMetaMessageArrivesWithoutTheKeyword(String dialect) {
        String meta =
                "[{\"channel\":\"/meta/connect\",\"id\":\"9\",\"ext\":{\"ack\":4,\"note\":\"%1$s\"},\"advice\":{\"reconnect\":\"retry\",\"note\":\"%1$s\"},\"error\":\"%1$s\",\"successful\":false}]";
        assertBecomes(dialect, meta.formatted("403:: #undertone#"), meta.formatted(""));
        assertBecomes(dialect, meta.formatted("402::Unknown client"), meta.formatted("402::Unknown client"));
    }

    @Test
    void aHandshakeThatIsEmptiedStillCountsTheMessages() {
        assertBecomes(
                "bayeux",
                "[{\"channel\":\"/meta/handshake\",\"ext\":{\"a\":\"#undertone#\"},\"x-messages\":2,\"id\":\"1\"},{\"channel\":\"/chat\",\"data\":\"#undertone#\"},{\"channel\":\"/chat\",\"data\":1}]",
                "[{\"channel\":\"/meta/handshake\",\"ext\":{\"a\":\"\"},\"x-messages\":1,\"id\":\"1\"},{\"channel\":\"/chat\",\"data\":1}]");
    }

    @Test
    void aNumberOfTheProtocolIsNoKeyword() {
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of("4711", Visibility.VIP)), List.of());
        String poll =
                "{\"messages\":[%s],\"nextPosition\":4711,\"serverTime\":1794711000,\"userData\":{\"a\":4711.0,\"b\":[4711]}}";
        for (int step : new int[] {1, 20, 1000}) {
            assertThat(new Editing().with(keywords).of(poll.formatted("{\"x\":4711}"), step))
                    .isEqualTo(poll.formatted(""));
        }
        String connect = "[{\"channel\":\"/meta/connect\",\"ext\":{\"timesync\":{\"tc\":14711}},\"successful\":true}]";
        Editing editing = new Editing().in("bayeux").with(keywords);
        assertThat(editing.of(connect)).isEqualTo(connect);
        assertThat(editing.hidden).isEmpty();
    }

    @Test
    void aReplyToFileLimitsKeepsItsPlaceAndLosesTheKeyword() {
        String limits =
                "{\"messages\":[{\"from\":{\"type\":\"External\"},\"type\":\"Notice\",\"text\":\"file-client-cfg-get\",\"userData\":{\"upload-max-files\":\"5\",\"note\":\"%s\"}}]}";
        assertBecomes("genesys-v2", limits.formatted("a #undertone#"), limits.formatted(""));
    }

    @Test
    void aCorrelatedFrameArrivesWithoutTheKeyword() {
        String response =
                "{\"type\":\"response\",\"class\":\"string\",\"code\":400,\"tracingId\":\"t\",\"body\":{\"direction\":\"%s\",\"text\":\"%s\"}}";
        assertBecomes(
                "genesys-cloud",
                PayloadType.FRAME,
                response.formatted("Outbound", "#undertone#"),
                response.formatted("Outbound", ""));
        String echo = response.formatted("Inbound", "#undertone#");
        assertBecomes("genesys-cloud", PayloadType.FRAME, echo, echo);
    }

    @Test
    void wordsAreEmptiedForThoseAloneWhoMayNotSeeThem() {
        String coaching = "{\"errors\":[{\"message\":\"#coach#\"}]}";
        assertThat(new Editing().forAudience(Audience.AGENT).of(coaching)).isEqualTo(coaching);
        assertThat(new Editing().of(coaching)).isEqualTo("{\"errors\":[{\"message\":\"\"}]}");
    }

    @Test
    void whatIsEmptiedIsTold() {
        Editing editing = new Editing();
        editing.of("{\"errors\":[{\"message\":\"#undertone#\"}],\"chatId\":\"0004Xa\"}");
        assertThat(editing.hidden)
                .containsExactly(new HiddenMessage(
                        "0004Xa", null, "#undertone#", Visibility.VIP, SenderKind.UNKNOWN, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"messages", "chatId", "errors", "from", "userData", "nickname", "messageType", "utcTime"})
    void aNameOfTheProtocolIsNoKeyword(String name) {
        String payload =
                "{\"chatId\":\"7\",\"errors\":[],\"userData\":{},\"messages\":[{\"from\":{\"nickname\":\"Ann\",\"type\":\"Agent\"},\"messageType\":\"x\",\"userData\":{},\"utcTime\":1,\"text\":\"hi\"}]}";
        KeywordSet keywords = KeywordSet.compile(1, List.of(Keyword.of(name, Visibility.VIP)), List.of());
        assertThat(new Editing().with(keywords).of(payload)).isEqualTo(payload);
    }

    @Test
    void aNameThatNobodyKnowsWithholdsThePayload() {
        assertThatThrownBy(() -> new Editing().of("{\"messages\":[],\"x #undertone#\":1}"))
                .isInstanceOf(UnreadablePayloadException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\\\"t\\\":\\\"\\\\u0023undertone#\\\"}",
                "[{\\\"a\\\":[\\\"x #undert\\\\u006Fne#\\\"]}]",
                "{\\\"\\\\u0023undertone#\\\":1}",
                "{\\\"t\\\":\\\"{\\\\\\\"t\\\\\\\":\\\\\\\"\\\\\\\\u0023undertone#\\\\\\\"}\\\"}"
            })
    void aStringThatIsJsonItselfIsReadInside(String json) {
        for (String message : new String[] {
            "{\"text\":\"%s\"}",
            "{\"userData\":{\"payload\":\"%s\"}}",
            "{\"from\":{\"type\":\"Agent\"},\"card\":[\"%s\"]}",
            "{\"userData\":{\"%s\":1}}",
            "{\"from\":{\"type\":\"Agent\",\"%s\":null}}"
        }) {
            assertBecomes("genesys-v2", "{\"messages\":[" + message.formatted(json) + "]}", "{\"messages\":[]}");
        }
        for (String member : new String[] {"text", "name", "other"}) {
            String message = "{\"messages\":[{\"type\":\"ChatMessage\",\"message\":{\"" + member + "\":\"%s\"}}]}";
            assertBecomes("salesforce", message.formatted(json), "{\"messages\":[]}");
        }
        String inHtml = "{\"messages\":[{\"message\":{\"text\":\"" + json.replace("\\\"", "&quot;") + "\"}}]}";
        assertBecomes("salesforce", inHtml, "{\"messages\":[]}");
        assertBecomes(
                "genesys-v2",
                "{\"errors\":[{\"message\":\"" + json + "\"}],\"chatEnded\":false}",
                "{\"errors\":[{\"message\":\"\"}],\"chatEnded\":false}");
        assertThatThrownBy(() -> new Editing().of("{\"history\":\"" + json + "\"}"))
                .isInstanceOf(UnreadablePayloadException.class);
        String customers = "{\"messages\":[{\"from\":{\"type\":\"Client\"},\"text\":\"" + json + "\"}]}";
        assertBecomes("genesys-v2", customers, customers);
    }

    /** A reader sees the backslash. */
    @ParameterizedTest
    @ValueSource(strings = {"\\\\u0023undertone#", "[sic] \\\\u0023undertone#", "C:\\\\undertone#"})
    void aBackslashInATextIsNoEscape(String text) {
        String reply = "{\"messages\":[{\"text\":\"" + text + "\"}],\"errors\":[{\"message\":\"" + text + "\"}]}";
        assertBecomes("genesys-v2", reply, reply);
    }
}
