package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that says itself who may see it. */
class VisibilityTest {
    private static String reply(String message) {
        return "{\"messages\":[" + message + "],\"nextPosition\":6}";
    }

    private static String message(String visibility) {
        return "{\"from\":{\"nickname\":\"Ann\",\"type\":\"Agent\"},\"index\":5,\"text\":\"hi\"," + visibility + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, true, true, true",
        "All, true, true, true",
        "INT, false, true, true",
        "int, false, true, true",
        "Agents, false, true, true",
        "AGENTS, false, true, true",
        "VIP, false, false, true",
        "'', true, true, true",
        "public, true, true, true"
    })
    void isSeenByThoseAlone(String visibility, boolean customers, boolean agents, boolean supervisors) {
        for (String member : new String[] {
            "\"visibility\":\"%s\"", "\"visibilit\\u0079\" : \"%s\"", "\"from\":{\"visibility\":\"%s\"}"
        }) {
            String payload = reply(message(member.formatted(visibility)));
            for (int step : new int[] {1, 3, 1000}) {
                assertThat(new Editing().of(payload, step)).isEqualTo(customers ? payload : reply(""));
                assertThat(new Editing().forAudience(Audience.AGENT).of(payload, step))
                        .isEqualTo(agents ? payload : reply(""));
                assertThat(new Editing().forAudience(Audience.SUPERVISOR).of(payload, step))
                        .isEqualTo(supervisors ? payload : reply(""));
            }
        }
    }

    /** What a page or a script may put before an object that somebody reads after all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF%s",
                "x%s",
                ")]}',\n%s",
                "while(1);%s",
                "cb(%s);",
                "var x = %s;",
                "var x = '%s'.replace(/a/, '<');"
            })
    void behindSomethingElseItIsStillRead(String other) {
        for (String member : new String[] {"\"visibility\":\"INT\"", "\"from\":{\"visibility\" : \"Agents\"}"}) {
            requireWithheld(new ChatMemory(), other.formatted(reply(message(member))));
        }
        String harmless = other.formatted(reply(message("\"visibility\":\"ALL\"")));
        assertThat(new Editing().ofType(PayloadType.UNKNOWN).of(harmless)).isEqualTo(harmless);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", " 9 ", "\"9\"", "\"\\u0039\""})
    void soIsSomebodyWhoWasHidden(String id) {
        ChatMemory memory = new ChatMemory();
        memory.hide("9", SenderKind.EXTERNAL);
        String payload = "\uFEFF" + reply("{\"from\":{\"participantId\":%s},\"text\":\"hi\"}");
        requireWithheld(memory, payload.formatted(id));
        String others = payload.formatted("91");
        assertThat(new Editing().ofType(PayloadType.UNKNOWN).remembering(memory).of(others))
                .isEqualTo(others);
    }

    private static void requireWithheld(ChatMemory memory, String payload) {
        for (int step : new int[] {1, 7, 1000}) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            Editing customers = new Editing().ofType(PayloadType.UNKNOWN).remembering(memory);
            assertThatThrownBy(() -> customers.of(payload.getBytes(UTF_8), step, sent))
                    .as(payload)
                    .isInstanceOf(UnreadablePayloadException.class);
            assertThat(sent.toString(UTF_8)).doesNotContain("\"hi\"");
        }
    }

    @Test
    void ofTwoTheStricterCounts() {
        assertThat(new Editing().of(reply(message("\"visibility\":\"ALL\",\"visibility\":\"VIP\""))))
                .isEqualTo(reply(""));
        String coached = reply(message("\"visibility\":\"VIP\",\"userData\":{\"k\":\"#coach#\"}"));
        assertThat(new Editing().forAudience(Audience.AGENT).of(coached)).isEqualTo(reply(""));
        assertThat(new Editing().forAudience(Audience.SUPERVISOR).of(coached)).isEqualTo(coached);
    }

    @Test
    void whatStandsInUserDataIsNoVisibility() {
        String payload = reply(message("\"userData\":{\"visibility\":\"VIP\"}"));
        assertThat(new Editing().of(payload)).isEqualTo(payload);
    }

    @Test
    void chatwootHasItsOwnWordForIt() {
        String open = "{\"id\":1,\"content\":\"a\",\"message_type\":1,\"private\":false}";
        String note = "{\"id\":2,\"content\":\"b\",\"message_type\":1,\"private\":true}";
        assertThat(new Editing().in("chatwoot").of("[" + open + "," + note + "]"))
                .isEqualTo("[" + open + "]");
    }

    @Test
    void isToldAsTheReason() {
        Editing editing = new Editing();
        editing.of(reply(message("\"visibility\":\"Agents\"")));
        assertThat(editing.hidden)
                .containsExactly(
                        new HiddenMessage(null, "5", "visibility", Visibility.INT, SenderKind.AGENT, List.of()));
    }
}
