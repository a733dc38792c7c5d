package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadEditorTest {
    private static final String PROBE =
            "{\"from\":{\"nickname\":\"undertone\",\"participantId\":3,\"type\":\"External\"},\"index\":4,\"type\":\"Message\",\"text\":\"#undertone#\"}";

    private static String reply(String... messages) {
        return "{\"statusCode\":0,\"chatId\":\"0004Xa\",\"nextPosition\":6,\"messages\":[" + String.join(",", messages)
                + "],\"chatEnded\":false}";
    }

    private static String message(String kind, String nickname, String text) {
        return message(kind, nickname, 2, "Message", text);
    }

    private static String message(String kind, String nickname, int id, String type, String text) {
        return "{\"from\":{\"nickname\":\"%s\",\"participantId\":%d,\"type\":\"%s\"},\"index\":5,\"type\":\"%s\",\"text\":\"%s\"}"
                .formatted(nickname, id, kind, type, text);
    }

    @ParameterizedTest
    @CsvSource({
        "'[h]', '[]'", "'[ h ]', '[]'", "'[h,h]', '[]'", "'[h,a]', '[a]'", "'[a,h]', '[a]'", "'[a,h,b]', '[a,b]'",
        "'[ h, a ]', '[ a ]'", "'[ a, h ]', '[ a ]'", "'[a , h,  b]', '[a,  b]'", "'[h,h,a,h]', '[a]'", "'[]', '[]'",
                "'[ ]', '[ ]'"
    })
    void aHiddenMessageGoesWithOneComma(String list, String expected) {
        String harmless = message("Agent", "Ann", "hello");
        String other = message("Agent", "Ann", "bye");
        String given = "{\"messages\":"
                + list.replace("a", harmless.replace("a", "\u0001")).replace("b", other) + "}";
        String wanted = "{\"messages\":"
                + expected.replace("a", harmless.replace("a", "\u0001")).replace("b", other) + "}";
        given = given.replace("\u0001", "a").replaceAll("(?<=[\\[, ])h(?=[\\], ])", PROBE);
        wanted = wanted.replace("\u0001", "a");
        for (int step = 1; step < 70; step += 3) {
            assertThat(new Editing().of(given, step)).isEqualTo(wanted);
        }
    }

    @Test
    void whoeverSaysIt_butTheCustomer_isHidden() {
        for (String kind : new String[] {"Agent", "Supervisor", "External", "System", "Bot", ""}) {
            assertThat(new Editing().of(reply(message(kind, "Ann", "x #undertone# y"))))
                    .isEqualTo(reply());
        }
        String customers = reply(message("Client", "Bob", "what is #undertone#?"));
        assertThat(new Editing().of(customers)).isEqualTo(customers);
        String nobodys = "{\"messages\":[{\"text\":\"#undertone#\"},\"#undertone#\"]}";
        assertThat(new Editing().of(nobodys)).isEqualTo("{\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#UNDERTONE#",
                "\\u0023undertone#",
                "#under\\u00ADtone#",
                "#under\u200Btone#",
                "＃undertone＃",
                "#𝐮ndertone#",
                "a\\n#undertone#",
                "#undertone\\u0023",
                "\\\"#undertone#\\\""
            })
    void aDisguiseDoesNotHelp(String text) {
        assertThat(new Editing().of(reply(message("External", "wf", text)))).isEqualTo(reply());
    }

    @Test
    void everyFieldThatAPersonReadsIsJudged() {
        for (String field : new String[] {
            "\"messageType\":\"#undertone#\"",
            "\"userData\":{\"k\":\"#undertone#\"}",
            "\"userData\":{\"#undertone#\":\"v\"}",
            "\"eventAttributes\":{\"a\":[{\"b\":\"#undertone#\"}]}",
            "\"text\":\"fine\",\"text\":\"#undertone#\"",
            "\"unheardOf\":\"#undertone#\"",
            "\"#undertone#\":true",
            "\"visibility\":\"#undertone#\""
        }) {
            String payload =
                    reply("{\"from\":{\"nickname\":\"Ann\",\"type\":\"Agent\"},\"type\":\"Message\"," + field + "}");
            assertThat(new Editing().of(payload)).as(field).isEqualTo(reply());
        }
    }

    @Test
    void aHiddenParticipantIsHiddenWhole() {
        String customer = message("Client", "undertone", "my name is undertone");
        String agent = message("Agent", "undertone", "mine too");
        String payload = reply(
                message("External", "undertone", 7, "ParticipantJoined", ""),
                customer,
                message("External", "Undertone", 7, "TypingStarted", ""),
                message("External", "helper", 7, "NicknameUpdated", ""),
                message("External", "helper", 7, "Message", "hello"),
                agent,
                message("External", "helper", 7, "ParticipantLeft", ""));
        assertThat(new Editing().of(payload)).isEqualTo(reply(customer, agent));
    }

    @Test
    void aHiddenParticipantIsKnownAgainInTheNextReply() {
        ChatMemory memory = new ChatMemory();
        new Editing().remembering(memory).of(reply(message("External", "undertone", 7, "ParticipantJoined", "")));
        String later = reply(message("External", "helper", 7, "ParticipantLeft", ""));
        assertThat(new Editing().remembering(memory).of(later)).isEqualTo(reply());
        assertThat(new Editing().of(later)).isEqualTo(later);
    }

    @Test
    void aRenameToAHiddenNicknameIsHidden() {
        assertThat(new Editing().of(reply(message("External", "wf", 7, "NicknameUpdated", "undertone"))))
                .isEqualTo(reply());
    }

    @Test
    void aReplyToFileLimitsIsLeftAlone() {
        String payload = reply(
                "{\"from\":{\"nickname\":\"undertone\",\"participantId\":7,\"type\":\"External\"},\"type\":\"Notice\",\"text\":\"file-client-cfg-get\",\"userData\":{\"upload-max-files\":\"5\"}}");
        assertThat(new Editing().of(payload)).isEqualTo(payload);
    }

    @Test
    void sessionFieldsNeverChange() {
        String payload =
                "{\"nextPosition\":9007199254740993,\"alias\":\"#undertone#\",\"userData\":{\"file-id\":\"#undertone#\"},\"messages\":[]}";
        assertThat(new Editing().of(payload)).isEqualTo(payload);
    }

    @Test
    void aKeywordWhereNoMessageIsKnownToBeWithholdsThePayload() {
        for (String payload : new String[] {
            "{\"history\":[{\"text\":\"#undertone#\"}]}",
            "\"#undertone#\"",
            "[[\"#undertone#\"]]",
            "{\"#undertone#\":1}"
        }) {
            assertUnreadable(payload, UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
        String harmless = "{\"history\":[{\"text\":\"hello\"}],\"messages\":null}";
        assertThat(new Editing().of(harmless)).isEqualTo(harmless);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>|NOT_JSON", "{\"messages\":[{}|TRUNCATED", "{} {}|TRAILING_CONTENT", "{}x|TRAILING_CONTENT",
                "\uFEFF{}|BYTE_ORDER_MARK", "{\"a\":\"\u0000\"}|NOT_JSON", "{\"a\":01}|NOT_JSON", "{'a':1}|NOT_JSON"
            })
    void whatIsNotJsonIsWithheld(String payload, UnreadableReason reason) {
        assertUnreadable(payload, reason);
    }

    @Test
    void nestingWithoutEndIsWithheld() {
        assertUnreadable("[".repeat(100_000), UnreadableReason.NESTED_TOO_DEEP);
        assertUnreadable("{\"messages\":[" + "{\"a\":".repeat(100_000), UnreadableReason.NESTED_TOO_DEEP);
    }

    @Test
    void aMessageBeyondTheLimitIsWithheld() {
        assertUnreadable(reply(message("Agent", "Ann", "x".repeat(2 << 20))), UnreadableReason.MESSAGE_TOO_LARGE);
    }

    @Test
    void theLimitIsTheSameInWhateverPiecesItComes() {
        int frame = message("Agent", "Ann", "").length();
        String justWithin = reply(message("Agent", "Ann", "x".repeat(PayloadEditor.MESSAGE_LIMIT - frame)));
        String justBeyond = reply(message("Agent", "Ann", "x".repeat(PayloadEditor.MESSAGE_LIMIT - frame + 1)));
        for (int step : new int[] {1000, 16 * 1024, 999_983, Integer.MAX_VALUE}) {
            assertThat(new Editing().of(justWithin, step)).isEqualTo(justWithin);
            assertThat(reasonOf(() -> new Editing().of(justBeyond, step)))
                    .isEqualTo(UnreadableReason.MESSAGE_TOO_LARGE);
        }
    }

    @Test
    void bytesThatAreNotUtf8AreWithheld() {
        byte[] latin1 = "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(reasonOf(() -> new Editing().of(latin1, 5))).isEqualTo(UnreadableReason.NOT_UTF8);
    }

    @Test
    void passLetsThroughWhatCannotHoldAKeyword() {
        for (String payload :
                new String[] {"<html>hello</html>", "{} {}", "{\"messages\":[{\"a\":1", "say #under", "a \\ < &"}) {
            for (int step = 1; step < 5; step++) {
                assertThat(new Editing().onUnreadable(OnUnreadable.PASS).of(payload, step))
                        .isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>#undertone#</html>",
                "{} #UNDERTONE#",
                "{\"messages\":[{\"a\":\"#undertone#\"",
                "x \\u0023undertone#",
                "var a = '\\x23undertone#'",
                "var a = '\\u{0023}undertone#'",
                "var a = '\\43undertone#'",
                "var a = '#under\\\ntone#'",
                "<p>&#35;undertone&#x23;</p>",
                "<p>#under&shy;tone#</p>",
                "<p>#under<b>tone</b>#</p>",
                "<p>#under<!-- > -->tone#</p>",
                "x#under\u00ADtone#"
            })
    void passWithholdsWhatMay(String payload) {
        for (int step = 1; step < 5; step++) {
            int pieces = step;
            reasonOf(() -> new Editing().onUnreadable(OnUnreadable.PASS).of(payload, pieces));
        }
    }

    @Test
    void aLongScriptPassesInPiecesAndNoKeywordInIt() {
        String script = "if (a < b && c) { d = '\\n\\u00e4'; }\n".repeat(20_000);
        for (int step : new int[] {1000, 8191, Integer.MAX_VALUE}) {
            assertThat(new Editing().ofType(PayloadType.UNKNOWN).of(script, step))
                    .isEqualTo(script);
            for (int at : new int[] {0, 262_140, 400_003, script.length()}) {
                String hiding = script.substring(0, at) + "'\\x23undertone#'" + script.substring(at);
                assertThat(reasonOf(
                                () -> new Editing().ofType(PayloadType.UNKNOWN).of(hiding, step)))
                        .isEqualTo(UnreadableReason.UNKNOWN_TYPE);
            }
        }
    }

    @Test
    void agentsLoseVipAndSeeTheRestTagged() {
        String coaching = message("Supervisor", "Sue", "#coach# be kind");
        String tagged = coaching.replaceFirst("}$", ",\"visibility\":\"INT\"}");
        assertThat(new Editing().forAudience(Audience.AGENT).of(reply(PROBE, coaching)))
                .isEqualTo(reply(tagged));
        assertThat(new Editing().of(reply(PROBE, coaching))).isEqualTo(reply());
    }

    @Test
    void supervisorsSeeEverythingTagged() {
        String already = "{\"visibility\" : \"ALL\" ,\"text\":\"#coach#\"}";
        assertThat(new Editing().forAudience(Audience.SUPERVISOR).of(reply(PROBE, already)))
                .isEqualTo(reply(
                        PROBE.replaceFirst("}$", ",\"visibility\":\"VIP\"}"), already.replace("\"ALL\"", "\"INT\"")));
    }

    @Test
    void tellsWhatItHidAndNotWhatItSaid() {
        Editing editing = new Editing();
        editing.of(reply(message("External", "wf", "#undertone# secret")));
        assertThat(editing.hidden)
                .containsExactly(new HiddenMessage(
                        "0004Xa", "5", "#undertone#", Visibility.VIP, SenderKind.EXTERNAL, List.of()));
    }

    @Test
    void tellsTheSignatureOfWhatItHidAndNothingElseOfIt() {
        String signature = "Zm9yLXRoZS1jdXN0b21lci1vbmx5LWFuZC1ub2JvZHk_-";
        Editing editing = new Editing();
        editing.of(reply(message("External", "wf", "#undertone# call me, " + signature + "! secret")));
        assertThat(editing.hidden).singleElement().satisfies(hidden -> {
            assertThat(hidden.signatures()).containsExactly(signature);
            assertThat(hidden.toString()).doesNotContain(signature);
        });
    }

    private static void assertUnreadable(String payload, UnreadableReason reason) {
        for (int step : new int[] {1, 7, Integer.MAX_VALUE}) {
            if (payload.length() < 1000 || step > 1) {
                assertThat(reasonOf(() -> new Editing().of(payload, step))).isEqualTo(reason);
            }
        }
    }

    private static UnreadableReason reasonOf(Runnable editing) {
        try {
            editing.run();
        } catch (UnreadablePayloadException e) {
            return e.reason();
        }
        throw new AssertionError("it was sent");
    }
}
