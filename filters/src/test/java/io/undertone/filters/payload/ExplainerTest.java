package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.Reason.Sign;
import io.undertone.filters.payload.Reason.Standing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
    private static final Keyword PROBE = Keyword.of("#undertone#", Visibility.VIP);
    private static final Keyword COACH = Keyword.of("#coach#", Visibility.INT);
    private static final Keyword WHISPER =
            new Keyword("whisper", "psst", Visibility.INT, Match.WORD, Compare.CASE, Set.of(SenderKind.SUPERVISOR));
    private static final KeywordSet KEYWORDS = KeywordSet.compile(
            1, List.of(COACH, PROBE, WHISPER), List.of(new HiddenParticipant("undertone", SenderKind.EXTERNAL)));

    private static Explanation explain(PayloadType type, String dialect, Audience audience, String payload) {
        return new Explainer(type, Dialects.named(dialect).orElseThrow(), audience, KEYWORDS)
                .explain(payload.getBytes(UTF_8));
    }

    private static Explanation explain(String payload) {
        return explain(PayloadType.JSON, Dialects.GENESYS_V2, Audience.CUSTOMER, payload);
    }

    private static Explanation ofMessages(String... messages) {
        return explain("{\"messages\":[" + String.join(",", messages) + "]}");
    }

    private static ExplainedMessage ofMessage(String message) {
        return ofMessages(message).messages().get(0);
    }

    private static Decision.Hide hidden(String by, Visibility tag) {
        return new Decision.Hide(by, tag, Hiding.REMOVED);
    }

    @Test
    void aMessageWithoutAKeywordIsExplainedToo() {
        ExplainedMessage message =
                ofMessage("{\"from\":{\"type\":\"Agent\",\"nickname\":\"Ann\"},\"index\":7,\"text\":\"hello\"}");

        assertThat(message.number()).isEqualTo(1);
        assertThat(message.sender()).isEqualTo(SenderKind.AGENT);
        assertThat(message.values())
                .isEqualTo(Map.of(
                        Field.KIND, List.of("Agent"),
                        Field.NICKNAME, List.of("Ann"),
                        Field.POSITION, List.of("7"),
                        Field.TEXT, List.of("hello")));
        assertThat(message.decision()).isEqualTo(Decision.DELIVER);
        assertThat(message.reasons()).isEmpty();
    }

    @Test
    void aWordThatTheChatSystemItselfWritesCarriesNoKeyword() {
        KeywordSet words = KeywordSet.compile(1, List.of(Keyword.of("message", Visibility.VIP)), List.of());
        Explanation explanation = new Explainer(
                        PayloadType.JSON, Dialects.named(Dialects.GENESYS_V2).orElseThrow(), Audience.CUSTOMER, words)
                .explain(
                        "{\"messages\":[{\"type\":\"Message\",\"text\":\"hi\"},{\"type\":\"Messages\",\"text\":\"hi\"}]}"
                                .getBytes(UTF_8));

        assertThat(explanation.messages().get(0).reasons()).isEmpty();
        assertThat(explanation.messages().get(1).reasons())
                .containsExactly(new Reason.Carries(
                        words.findAll(List.of("message")).get(0), Field.TYPE, "Messages", Standing.DECIDES));
    }

    @Test
    void theKeywordThatDecidesIsNamedBesideThoseItOverrulesWithTheirFields() {
        ExplainedMessage message = ofMessage(
                "{\"from\":{\"type\":\"External\",\"nickname\":\"#coach# bot\"},\"text\":\"a #UNDERTONE# b\",\"userData\":{\"note\":\"psst\"}}");

        assertThat(message.decision()).isEqualTo(hidden("#undertone#", Visibility.VIP));
        assertThat(message.reasons())
                .containsExactlyInAnyOrder(
                        new Reason.Carries(COACH, Field.NICKNAME, "#coach# bot", Standing.OVERRULED),
                        new Reason.Carries(PROBE, Field.TEXT, "a #UNDERTONE# b", Standing.DECIDES),
                        new Reason.Carries(WHISPER, Field.OTHER, "psst", Standing.NOT_FROM_SENDER));
    }

    @Test
    void aWordThatIsNotTheChatSystemsIsNamedWhereItStands() {
        ExplainedMessage message = ofMessage("{\"from\":{\"type\":\"Robot\"},\"type\":\"a #undertone#\"}");

        assertThat(message.decision()).isEqualTo(hidden("#undertone#", Visibility.VIP));
        assertThat(message.values())
                .isEqualTo(Map.of(Field.KIND, List.of("Robot"), Field.TYPE, List.of("a #undertone#")));
        assertThat(message.reasons())
                .containsExactly(new Reason.Carries(PROBE, Field.TYPE, "a #undertone#", Standing.DECIDES));
    }

    @Test
    void aCustomersOwnKeywordDoesNotCount() {
        ExplainedMessage message = ofMessage("{\"from\":{\"type\":\"Client\"},\"text\":\"#undertone#\"}");

        assertThat(message.decision()).isEqualTo(Decision.DELIVER);
        assertThat(message.reasons())
                .containsExactly(new Reason.Carries(PROBE, Field.TEXT, "#undertone#", Standing.NOT_FROM_SENDER));
    }

    @Test
    void anExemptMessageSaysWhatMakesItOne() {
        ExplainedMessage message = ofMessage(
                "{\"type\":\"Notice\",\"text\":\"file-client-cfg-get\",\"userData\":{\"a\":\"#undertone#\"}}");

        assertThat(message.decision()).isEqualTo(new Decision.Hide("#undertone#", Visibility.VIP, Hiding.EMPTIED));
        assertThat(message.reasons())
                .containsExactly(
                        new Reason.Exempt(Map.of(Field.TYPE, "Notice", Field.TEXT, "file-client-cfg-get")),
                        new Reason.Carries(PROBE, Field.OTHER, "#undertone#", Standing.DECIDES));
    }

    @Test
    void anExemptMessageOfWhichEverythingMayBeSeenIsDelivered() {
        Explanation explanation = explain(
                PayloadType.JSON,
                Dialects.GENESYS_V2,
                Audience.AGENT,
                "{\"messages\":[{\"type\":\"Notice\",\"text\":\"file-client-cfg-get\",\"userData\":{\"a\":\"#coach#\"}}]}");

        assertThat(explanation.messages().get(0).decision()).isEqualTo(Decision.DELIVER);
    }

    @Test
    void aHiddenParticipantIsKnownByNicknameByRenameAndFromThenOnByItsId() {
        Explanation explanation = ofMessages(
                "{\"from\":{\"type\":\"External\",\"nickname\":\"Undertone\",\"participantId\":\"1\"},\"type\":\"ParticipantJoined\"}",
                "{\"from\":{\"type\":\"External\",\"nickname\":\"x\",\"participantId\":\"2\"},\"type\":\"NicknameUpdated\",\"text\":\"undertone\"}",
                "{\"from\":{\"type\":\"External\",\"nickname\":\"y\",\"participantId\":\"2\"},\"text\":\"#coach#\"}");

        assertThat(explanation.messages())
                .extracting(ExplainedMessage::decision)
                .containsOnly(hidden("participant", Visibility.VIP));
        assertThat(explanation.messages())
                .extracting(ExplainedMessage::reasons)
                .containsExactly(
                        List.of(new Reason.HiddenSender(Sign.NICKNAME, "Undertone")),
                        List.of(new Reason.HiddenSender(Sign.RENAME, "undertone")),
                        List.of(
                                new Reason.HiddenSender(Sign.KNOWN_ID, "2"),
                                new Reason.Carries(COACH, Field.TEXT, "#coach#", Standing.NOT_ASKED)));
        assertThat(explanation.hidden(Hiding.REMOVED)).isEqualTo(3);
        assertThat(explanation.bytesOut()).isEqualTo("{\"messages\":[]}".length());
    }

    @Test
    void anAudienceThatMaySeeAMessageGetsItTagged() {
        Explanation explanation = explain(
                PayloadType.JSON,
                "genesys-v2",
                Audience.AGENT,
                "{\"messages\":[{\"text\":\"#coach#\"},{\"text\":\"#undertone#\"},{\"text\":\"hi\"}]}");

        assertThat(explanation.messages())
                .extracting(ExplainedMessage::decision)
                .containsExactly(
                        new Decision.Tag(Visibility.INT), hidden("#undertone#", Visibility.VIP), Decision.DELIVER);
        assertThat(explanation.tagged()).isEqualTo(1);
        assertThat(explanation.delivered()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JSON         | genesys-v1    | {"transcriptToShow":[["Message.Text","x","#coach#","1","AGENT"]]}   | REPLACED
            JSON         | bayeux        | [{"channel":"/chat","data":"#coach#"}]                              | REMOVED
            JSON_LINES   | chatwoot      | {"content":"#coach#","message_type":1}                              | DROPPED
            FRAME        | genesys-cloud | {"type":"message","body":{"direction":"Outbound","text":"#coach#"}} | DROPPED
            FRAME        | connect       | {"content":"{\\"Content\\":\\"#coach#\\"}"}                         | DROPPED
            JSON         | chatwoot      | {"content":"#coach#","message_type":1}                              | WITHHELD
            EVENT_STREAM | chatwoot      | data: #coach#~~                                                     | DROPPED
            JSONP        | genesys-v2    | cb({"messages":[{"text":"#coach#"}]})                               | REMOVED
            """)
    void whatHidingMeansFollowsFromWhereTheMessageStands(
            PayloadType type, String dialect, String payload, Hiding hiding) {
        Explanation explanation = explain(type, dialect, Audience.CUSTOMER, payload.replace('~', '\n'));

        assertThat(explanation.messages())
                .extracting(ExplainedMessage::decision)
                .containsExactly(new Decision.Hide("#coach#", Visibility.INT, hiding));
        assertThat(explanation.hidden(hiding)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"messages":[{"text":"hi"}]~,x}              | NOT_JSON                 | 29 | 2 | 2  | true
            {"messages":[{"text":"hi"}]~,#undertone#     | NOT_JSON                 | 29 | 2 | 2  | false
            {"messages":[{"text":"hi"}                   | TRUNCATED                | 26 | 1 | 27 | true
            {"messages":[]} {}                           | TRAILING_CONTENT         | 16 | 1 | 17 | true
            {"a":1,~"b":"x #coach#"}                     | KEYWORD_OUTSIDE_MESSAGES | 22 | 2 | 15 | false
            """)
    void whereAPayloadTurnsUnreadableIsSaid(
            String payload, UnreadableReason reason, int offset, int line, int column, boolean mayPass) {
        Unreadable unreadable = explain(payload.replace('~', '\n')).unreadable();

        assertThat(unreadable)
                .usingRecursiveComparison()
                .ignoringFields("stray")
                .isEqualTo(new Unreadable(reason, offset, line, column, null, mayPass));
    }

    @Test
    void wordsOutsideOfMessagesAreNamedWithTheirKeyword() {
        assertThat(explain("{\"a\":\"x #coach#\"}").unreadable())
                .extracting("stray")
                .isEqualTo(new Unreadable.Stray("x #coach#", COACH));
        assertThat(explain("{\"a\":").unreadable()).extracting("stray").isNull();
    }

    @Test
    void aPayloadThatIsNoChatsAndHarmlessHasNothingToExplain() {
        assertThat(explain(PayloadType.UNKNOWN, "auto", Audience.CUSTOMER, "<html>hi</html>"))
                .isEqualTo(new Explanation(List.of(), 15, 15, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1}~                       | JSON
            [{"a":1}]                      | JSON
            {"a":~1}                       | JSON
            {"a":1} {"b":2}                | JSON
            {"a":                          | JSON
            {"a":1}~{"b":2}                | JSON_LINES
            data: {"a":1}~~                | EVENT_STREAM
            : hello~~event: x~data: 1~~    | EVENT_STREAM
            ~/**/jsonp.cb({"a":1})         | JSONP
            <html>(data)</html>            | UNKNOWN
            database                       | UNKNOWN
            ``                             | UNKNOWN
            """)
    void theTypeIsGuessedByTheBeginning(String payload, PayloadType type) {
        assertThat(PayloadTypes.guess(payload.replace('~', '\n').getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(type);
    }
}
