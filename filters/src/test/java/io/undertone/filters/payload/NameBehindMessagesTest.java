package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of somebody who is hidden in one chat waits for the name of its own, and no other message does. */
class NameBehindMessagesTest {
    private static final String REPLY = "{\"messages\":[%s],\"nextPosition\":9,\"chatId\":\"%s\",\"chatEnded\":false}";
    private static final String BOB = message(7, "External");
    private static final String ANN = message(2, "Agent");

    private final ChatMemories memories = new ChatMemories();

    private static String message(int id, String kind) {
        return "{\"from\":{\"nickname\":\"Bob\",\"participantId\":%d,\"type\":\"%s\"},\"type\":\"Message\",\"text\":\"hi\"}"
                .formatted(id, kind);
    }

    @BeforeEach
    void oneIsHidden() {
        memories.ofChat("A").hide("7", SenderKind.EXTERNAL);
    }

    private String edited(String reply, int step) {
        return new Editing().remembering(memories.ofConnection(null)).of(reply, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 2000, Integer.MAX_VALUE})
    void decides(int step) {
        assertThat(edited(REPLY.formatted(ANN + "," + BOB + "," + ANN, "A"), step))
                .isEqualTo(REPLY.formatted(ANN + "," + ANN, "A"));
        for (String seen : List.of(
                REPLY.formatted(BOB + "," + ANN + "," + BOB, "B"),
                "{\"messages\":[" + BOB + "]}",
                "{\"messages\":[" + BOB + "],\"userData\":{\"chatId\":\"A\"},\"chatId\":null}",
                "[" + REPLY.formatted(BOB, "A") + "]")) {
            assertThat(edited(seen, step)).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatId", "chat\\u0049d"})
    void standsAnywhereBehindThem(String name) {
        String reply =
                "{ \"participants\" : [ %s ] ,\n\"messages\":[%s], \"userData\":{\"a\":[1.5e3,{\"chatId\":\"B\"}]}, \"%s\" : \"\\u0041\" }";

        for (int step : new int[] {1, 7, 1000}) {
            assertThat(edited(reply.formatted(BOB, BOB, name), step))
                    .isEqualTo(reply.formatted("", "", name).replace("[  ]", "[]"));
        }
    }

    @Test
    void isLookedForOfEachObjectAnew() {
        String both = "[{\"data\":%s},{\"data\":%s}]";
        for (int step : new int[] {1, 50, 5000}) {
            assertThat(new Editing()
                            .in("genesys-v2-cometd")
                            .remembering(memories.ofConnection(null))
                            .of(both.formatted(REPLY.formatted(BOB, "B"), REPLY.formatted(BOB, "A")), step))
                    .isEqualTo(both.formatted(REPLY.formatted(BOB, "B"), REPLY.formatted("", "A")));
        }
    }

    @Test
    void isLookedForThoughWordsBeforeTheListWereEmptied() {
        String reply = "{\"userData\":{\"a\":\"%s\"},\"messages\":[%s],\"chatId\":\"A\"}";

        assertThat(edited(reply.formatted("#coach#", BOB), 9)).isEqualTo(reply.formatted("", ""));
    }

    @Test
    void isWaitedForByNobodyElse() {
        memories.ofChat("A").hide("9", SenderKind.AGENT);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        String seen = "{\"messages\":["
                + String.join(
                        ",",
                        ANN,
                        message(8, "External"),
                        message(7, "Agent"),
                        message(7, "Client"),
                        message(9, "Agent"));
        PayloadEditor editor = editor(OnUnreadable.WITHHOLD);
        feed(editor, seen, sent);

        assertThat(sent).hasToString(seen.substring(0, seen.lastIndexOf(",{\"from\"")));
        feed(editor, "]}", sent);
        assertThat(sent).hasToString(seen + "]}");
    }

    private PayloadEditor editor(OnUnreadable onUnreadable) {
        return new PayloadEditor(
                PayloadType.JSON,
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(),
                Audience.CUSTOMER,
                Editing.KEYWORDS,
                onUnreadable,
                memories.ofConnection(null),
                hidden -> {});
    }

    private static void feed(PayloadEditor editor, String text, ByteArrayOutputStream sent) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        editor.feed(bytes, 0, bytes.length, sent::write);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, Integer.MAX_VALUE})
    void isNotWaitedForLongerThanAMessageMayBe(int step) {
        String far = (ANN + ",").repeat(PayloadEditor.MESSAGE_LIMIT / ANN.length());
        String reply = REPLY.formatted(BOB + "," + far + BOB, "B");

        assertThat(edited(reply, step)).isEqualTo(REPLY.formatted(far + BOB, "B"));
        assertThat(edited(REPLY.formatted(BOB, "B"), step))
                .as("what was hidden in doubt is not remembered")
                .isEqualTo(REPLY.formatted(BOB, "B"));
    }

    @Test
    @Timeout(20)
    void isLookedForOnceByAllThatWait() {
        String many = (BOB + ",").repeat(12 * PayloadEditor.MESSAGE_LIMIT / BOB.length()) + ANN;
        String edited = edited(REPLY.formatted(many, "B"), Integer.MAX_VALUE);

        assertThat(edited).endsWith(REPLY.formatted(BOB + "," + ANN, "B").substring("{\"messages\":[".length()));
        assertThat(edited.length()).isBetween(PayloadEditor.MESSAGE_LIMIT / 2, PayloadEditor.MESSAGE_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "]", "],", "],\"chatId\":\"B", "],\"chatId\" \"B\"}", ",,]}"})
    void isNeverFoundWhereTheReplyBreaksOff(String end) {
        String reply = "{\"messages\":[" + ANN + "," + BOB + end;
        for (OnUnreadable onUnreadable : OnUnreadable.values()) {
            for (int step : new int[] {1, 1000}) {
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                Editing editing = new Editing().onUnreadable(onUnreadable).remembering(memories.ofConnection(null));
                Throwable unreadable =
                        catchThrowable(() -> editing.of(reply.getBytes(StandardCharsets.UTF_8), step, sent));
                assertThat(unreadable)
                        .satisfiesAnyOf(
                                fault -> assertThat(fault).isInstanceOf(UnreadablePayloadException.class),
                                fault -> assertThat(onUnreadable).isEqualTo(OnUnreadable.PASS));
                assertThat(sent.toString(StandardCharsets.UTF_8)).doesNotContain("External");
            }
        }
    }

    @Test
    void ofSomebodyWhoIsFoundToBeHiddenNobodyWaits() {
        String joined = BOB.replace("Bob", "undertone").replace("7", "8");
        String reply = "{\"messages\":[" + joined + "," + BOB.replace("7", "8") + "," + ANN;
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        feed(editor(OnUnreadable.WITHHOLD), reply, sent);

        assertThat(sent).hasToString("{\"messages\":[" + ANN);
    }

    @Test
    void supervisorsSeeItTagged() {
        KeywordSet keywords =
                KeywordSet.compile(1, List.of(), List.of(new HiddenParticipant("x", SenderKind.EXTERNAL)));

        assertThat(new Editing()
                        .with(keywords)
                        .forAudience(Audience.SUPERVISOR)
                        .remembering(memories.ofConnection(null))
                        .of(REPLY.formatted(BOB, "A"), 10))
                .isEqualTo(REPLY.formatted(BOB.replace("hi\"}", "hi\",\"visibility\":\"VIP\"}"), "A"));
    }

    @Test
    void whoeverIsForgottenIsInDoubtNoMore() {
        for (int chat = 0; chat < 60_000; chat++) {
            memories.ofChat("other " + chat).hide("5", SenderKind.EXTERNAL);
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        feed(editor(OnUnreadable.WITHHOLD), "{\"messages\":[" + BOB, sent);

        assertThat(sent).hasToString("{\"messages\":[" + BOB);
        assertThat(edited(REPLY.formatted(BOB.replace("7", "5"), "other 59999"), 20))
                .isEqualTo(REPLY.formatted("", "other 59999"));
    }
}
