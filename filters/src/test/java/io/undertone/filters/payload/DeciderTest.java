package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decision hinges on where two rules come close. */
class DeciderTest {
    private static String reply(String kind, int id, String type, String text) {
        return "{\"messages\":[{\"from\":{\"nickname\":\"Ann\",\"participantId\":%d,\"type\":\"%s\"},\"type\":\"%s\",\"text\":\"%s\"}]}"
                .formatted(id, kind, type, text);
    }

    private static final String NOTHING = "{\"messages\":[]}";

    /** Knows the participant 7 to be a hidden one. */
    private static ChatMemory memoryOf7() {
        ChatMemory memory = new ChatMemory();
        memory.hide("7", SenderKind.EXTERNAL);
        return memory;
    }

    @ParameterizedTest
    @EnumSource(
            value = SenderKind.class,
            names = {"AGENT", "SUPERVISOR", "SYSTEM", "EXTERNAL"})
    void aHiddenParticipantOfAnyKindIsKnownByItsIdAfterARename(SenderKind kind) {
        KeywordSet keywords = KeywordSet.compile(1, List.of(), List.of(new HiddenParticipant("Ann", kind)));
        ChatMemory memory = new ChatMemory();
        String joined = reply(kind.name(), 7, "ParticipantJoined", "");
        String renamed = reply(kind.name(), 7, "Message", "hi").replace("Ann", "Kay");
        for (String payload : List.of(joined, renamed)) {
            assertThat(new Editing().with(keywords).remembering(memory).of(payload))
                    .isEqualTo(NOTHING);
        }
        for (SenderKind other : List.of(SenderKind.CLIENT, SenderKind.AGENT, SenderKind.SUPERVISOR)) {
            if (other != kind) {
                String theirs = renamed.replace(kind.name(), other.name());
                assertThat(new Editing().with(keywords).remembering(memory).of(theirs))
                        .isEqualTo(theirs);
            }
        }
    }

    @Test
    void aHiddenParticipantIsKnownByItsIdUnlessItIsSomebodyElsesKind() {
        for (String kind : List.of("External", "Bot", "")) {
            assertThat(new Editing().remembering(memoryOf7()).of(reply(kind, 7, "Message", "hi")))
                    .as(kind)
                    .isEqualTo(NOTHING);
        }
        for (String kind : List.of("Client", "Agent", "Supervisor", "System")) {
            String theirs = reply(kind, 7, "Message", "hi");
            assertThat(new Editing().remembering(memoryOf7()).of(theirs))
                    .as(kind)
                    .isEqualTo(theirs);
        }
    }

    @Test
    void aFrameOfAHiddenParticipantIsDroppedThoughItCarriesNoKeyword() {
        String frame = "{\"msg\":\"hi\",\"u\":{\"_id\":\"%s\",\"username\":\"helper\"}}";
        Editing frames = new Editing().ofType(PayloadType.FRAME).in("rocketchat");

        assertThat(frames.remembering(memoryOf7()).of(frame.formatted("7"))).isEmpty();
        assertThat(frames.remembering(memoryOf7()).of(frame.formatted("8"))).isEqualTo(frame.formatted("8"));
    }

    @Test
    void whoeverSaysAHiddenNicknameHasNotTakenIt() {
        String said = reply("External", 3, "Message", "undertone");

        assertThat(new Editing().of(said)).isEqualTo(said);
        assertThat(new Editing().of(reply("External", 3, "NicknameUpdated", "undertone")))
                .isEqualTo(NOTHING);
    }

    @Test
    void whatHasToArriveArrivesWholeForThoseWhoMaySeeIt() {
        String limits = reply("External", 3, "Notice", "file-client-cfg-get")
                .replace("\"type\":\"Notice\"", "\"type\":\"Notice\",\"userData\":{\"note\":\"#coach#\"}");

        assertThat(new Editing().forAudience(Audience.AGENT).of(limits)).isEqualTo(limits);
        assertThat(new Editing().of(limits)).isEqualTo(limits.replace("#coach#", ""));
    }

    @Test
    void aKeywordOutsideOfMessagesIsForThoseWhoMaySeeIt() {
        String stray = "{\"history\":\"#coach#\"}";

        assertThat(new Editing().forAudience(Audience.AGENT).of(stray)).isEqualTo(stray);
        assertThatThrownBy(() -> new Editing().of(stray)).isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void aWordThatOnlyHasToBeReadIsNoKeyword() {
        String reply = "{\"visibility\":\"pushurl\",\"messages\":[]}";

        assertThat(new Editing().of(reply)).isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1é\\\\u", "[1\\\\u0023", "[[[\\\\", "{1:\\\\}", "{\\\"a\\\" 1\\\\", "[\\u0001\\\\", "{\\\"\\\\"
            })
    void aTextThatOnlyBeginsLikeJsonIsWhatItLooksLike(String text) {
        String reply = reply("Agent", 2, "Message", text);

        assertThat(new Editing().of(reply)).isEqualTo(reply);
        assertThat(new Editing().of(reply("Agent", 2, "Message", text + "#coach#")))
                .isEqualTo(NOTHING);
    }

    @Test
    void aPageIsJudgedWholeAndInThePiecesThatPeopleSee() {
        KeywordSet quoting = KeywordSet.compile(1, List.of(Keyword.of("say \"<x>\"", Visibility.VIP)), List.of());
        for (String page : List.of("they say \"<x>\" now", "&lt; they say &quot;&lt;x&gt;&quot;")) {
            assertThatThrownBy(() -> new Editing()
                            .with(quoting)
                            .ofType(PayloadType.UNKNOWN)
                            .of(page))
                    .as(page)
                    .isInstanceOf(UnreadablePayloadException.class);
        }
    }

    @Test
    void whatIsNoTextCannotBeReadAndIsWithheld() {
        for (byte[] bytes :
                List.of("\0<p>".getBytes(UTF_8), "<p>a\0".getBytes(UTF_8), "<p>\u00e9</p>".getBytes(ISO_8859_1))) {
            assertThatThrownBy(() -> new Editing().ofType(PayloadType.UNKNOWN).of(bytes, 2))
                    .isInstanceOf(UnreadablePayloadException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "\"1029384756\" true",
                "\"\\u0033\" true",
                "\"1\\u0030\" true",
                "7 true",
                "7.5e1 true",
                "\"\" true",
                "\"\\u0041\" false",
                "\"3\\n\" false",
                "\"-3\" false",
                "\"٣\" false"
            })
    void aRowKeepsWhateverNumberItHasAsItIsWritten(String number, boolean isKept) {
        String row = "{\"transcriptToShow\":[[\"%s\",\"\",\"%s\",%s,\"AGENT\"]]}";

        assertThat(new Editing().in("genesys-v1").of(row.formatted("Message.Text", "#undertone#", number)))
                .isEqualTo(row.formatted("Notice.TypingStopped", "", isKept ? number : "\"\""));
    }
}
