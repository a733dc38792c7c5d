package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every framing, cut at every byte. */
class FramingTest {
    private static void assertBecomes(PayloadType type, String dialect, String given, String wanted) {
        for (int step = 1; step <= given.length(); step++) {
            assertThat(new Editing().ofType(type).in(dialect).of(given, step))
                    .as("%s in steps of %d", dialect, step)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void aLineIsADocument() {
        assertBecomes(
                PayloadType.JSON_LINES,
                "genesys-v2",
                "{\"messages\":[{\"text\":\"#undertone#\"}]}\n\n{\"messages\":[{\"text\":\"hi\"}]}\r\n{\"a\":1}",
                "{\"messages\":[]}\n\n{\"messages\":[{\"text\":\"hi\"}]}\r\n{\"a\":1}");
    }

    @Test
    void aLineThatIsAHiddenMessageGoesWhole() {
        assertBecomes(
                PayloadType.JSON_LINES,
                "chatwoot",
                "{\"content\":\"a\"}\n{\"content\":\"#undertone#\"}\n{\"content\":\"b\"}\n",
                "{\"content\":\"a\"}\n{\"content\":\"b\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocketchat", "chatwoot", "connect", "genesys-cloud"})
    void aDocumentThatIsAStringAloneIsJudged(String dialect) {
        String hidden = "\"say #\\u0075ndertone# twice\"";
        for (int step = 1; step <= hidden.length(); step++) {
            int pieces = step;
            for (PayloadType type : new PayloadType[] {PayloadType.JSON, PayloadType.FRAME}) {
                assertThatThrownBy(() -> new Editing().ofType(type).in(dialect).of(hidden, pieces))
                        .isInstanceOf(UnreadablePayloadException.class);
            }
        }
        assertBecomes(PayloadType.FRAME, dialect, "\"say it\"", "\"say it\"");
    }

    @Test
    void theDataOfAnEventIsADocument() {
        assertBecomes(
                PayloadType.EVENT_STREAM,
                "genesys-v2",
                ": hello\n\nid: 7\nevent: chat\ndata: {\"messages\":[\ndata: {\"text\":\"#undertone#\"},\ndata: {\"text\":\"hi\"}]}\n\ndata:{\"a\":1}\r\n\r\n",
                ": hello\n\nid: 7\nevent: chat\ndata: {\"messages\":[\ndata: {\"text\":\"hi\"}]}\n\ndata:{\"a\":1}\r\n\r\n");
    }

    @Test
    void anEventIsJudgedByItsOwnWordsAlone() {
        assertBecomes(
                PayloadType.EVENT_STREAM,
                "genesys-v2",
                "data: 1\n\ndata: a & b\n\ndata: #undertone# & c\n\ndata: d & e\n\n",
                "data: 1\n\ndata: a & b\n\ndata: d & e\n\n");
    }

    @Test
    void aDroppedEventLeavesItsIdBehind() {
        assertBecomes(
                PayloadType.EVENT_STREAM,
                "chatwoot",
                "id: 7\ndata: {\"content\":\"#undertone#\"}\n\ndata: #undertone# plain\n\ndata: {\"content\":\"b\"}\n\n",
                "id: 7\n\ndata: {\"content\":\"b\"}\n\n");
    }

    @Test
    void anEventThatNeverEndedIsNotSent() {
        assertBecomes(PayloadType.EVENT_STREAM, "genesys-v2", "data: 1\n\ndata: {\"a\":1}\n", "data: 1\n\n");
    }

    @Test
    void aFunctionCallIsADocument() {
        assertBecomes(
                PayloadType.JSONP,
                "genesys-v2",
                "/**/jsonp_1.cb({\"messages\":[{\"text\":\"#undertone#\"},{\"text\":\"(hi); \"}]} ) ;\n",
                "/**/jsonp_1.cb({\"messages\":[{\"text\":\"(hi); \"}]} ) ;\n");
    }

    @Test
    void aScriptThatIsNoCallPassesIfItIsHarmless() {
        assertBecomes(PayloadType.JSONP, "genesys-v2", "var a = f(1);", "var a = f(1);");
        for (String script : new String[] {"var a = f('#undertone#');", "cb({\"messages\":["}) {
            assertThatThrownBy(() -> new Editing().ofType(PayloadType.JSONP).of(script))
                    .isInstanceOf(UnreadablePayloadException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0023undertone#",
                "\\x23undertone#",
                "\\u{23}undertone#",
                "\\43undertone#",
                "#under\\\ntone#",
                "#un\\dertone#"
            })
    void anEscapeIsReadWhateverStandsElsewhere(String escaped) {
        for (String elsewhere : new String[] {"", "\\u", "\\u{zz}", "\\x1", "\\", "\\u{110000}"}) {
            String script = "var a = '" + escaped + "'; var b = /" + elsewhere + "/;";
            for (int step : new int[] {1, 7, 1000}) {
                assertThatThrownBy(
                                () -> new Editing().ofType(PayloadType.UNKNOWN).of(script, step))
                        .isInstanceOf(UnreadablePayloadException.class);
            }
            String harmless = script.replace("tone", "line");
            assertBecomes(PayloadType.UNKNOWN, "genesys-v2", harmless, harmless);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"message\",\"body\":{\"direction\":\"Outbound\",\"text\":\"#undertone#\"}}|''",
                "{\"type\":\"message\",\"body\":{\"direction\":\"Inbound\",\"text\":\"#undertone#\"}}|{\"type\":\"message\",\"body\":{\"direction\":\"Inbound\",\"text\":\"#undertone#\"}}",
                "{\"type\":\"message\",\"body\":{\"content\":[{\"quickReply\":{\"text\":\"#undertone#\"}}]}}|''",
                "{\"type\":\"message\",\"body\":{\"text\":\"hi\"}}|{\"type\":\"message\",\"body\":{\"text\":\"hi\"}}"
            })
    void aFrameIsOneMessage(String given, String wanted) {
        assertBecomes(PayloadType.FRAME, "genesys-cloud", given, wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2|``|0",
                "2|`,{\"channel\":\"/a\",\"data\":1}`|0",
                "1|`,{\"channel\":\"/a\",\"data\":1}`|1",
                "1|`,{\"channel\":\"/a\",\"data\":1},{\"channel\":\"/a\",\"data\":2}`|1",
                "0|``|0"
            })
    void whoReadsAFrameAwaitsOnlyWhatComesWithIt(int announced, String others, int awaited) {
        String list = "[{\"channel\":\"/meta/handshake\",\"x-messages\":%d}%s]";
        String given = list.formatted(announced, others);
        assertBecomes(PayloadType.FRAME, "bayeux", given, list.formatted(awaited, others));
        assertBecomes(PayloadType.JSON, "bayeux", given, given);
    }

    @Test
    void aDocumentOfOneHiddenMessageThatCannotBeDroppedIsWithheld() {
        assertThatThrownBy(() -> new Editing().in("chatwoot").of("{\"content\":\"#undertone#\",\"message_type\":1}"))
                .isInstanceOf(UnreadablePayloadException.class);
        String customers = "{\"content\":\"#undertone#\",\"message_type\":0}";
        assertBecomes(PayloadType.JSON, "chatwoot", customers, customers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:  {\"messages\":[{\"text\":\"\\u0023undertone#\"}]}\n\n",
                "data:\ndata: {\"messages\":[{\"text\":\"\\u0023undertone#\"}]}\n\n",
                "\uFEFFdata: {\"messages\":[{\"text\":\"\\u0023undertone#\"}]}\n\n",
                "id: 1\rdata: {\"messages\":[{\"text\":\"\\u0023undertone#\"}]}\r\r",
                "data: say \\u0023undertone#\n\n",
                "data: say &#35;undertone#\n\n"
            })
    void anEventCannotBeSpelledPastTheJudge(String event) {
        for (int step = 1; step <= event.length(); step++) {
            assertThat(new Editing().ofType(PayloadType.EVENT_STREAM).of(event + "data: 1\n\n", step))
                    .doesNotContain("undertone")
                    .endsWith("data: 1\n\n");
        }
    }

    @Test
    void linesMayEndInEveryWay() {
        String stream = "data: 1\r\rid: 2\rdata: 3\n\ndata: 4\r\n\r\n";
        assertBecomes(PayloadType.EVENT_STREAM, "genesys-v2", stream, stream);
        assertBecomes(PayloadType.EVENT_STREAM, "genesys-v2", "data: 1\r\r", "data: 1\r\r");
    }
}
