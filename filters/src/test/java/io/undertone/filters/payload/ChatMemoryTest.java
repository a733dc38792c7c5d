package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.DialectSource;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.SenderKind;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A hidden participant is known again, after a rename, wherever its chat is spoken of, and nowhere else. */
class ChatMemoryTest {
    private static final String DIALECT = "genesys-v2-cometd";

    private ChatMemories memories = new ChatMemories();

    private static String event(String nickname, String type) {
        return "{\"from\":{\"nickname\":\"%s\",\"participantId\":7,\"type\":\"External\"},\"index\":4,\"type\":\"%s\"}"
                .formatted(nickname, type);
    }

    private static final String JOIN = event("undertone", "ParticipantJoined");
    private static final String LEAVE = event("helper", "ParticipantLeft");

    private static String chatFirst(String chatId, String message) {
        return "[{\"channel\":\"/c\",\"data\":{\"chatId\":\"%s\",\"messages\":[%s]}}]".formatted(chatId, message);
    }

    private static String chatLast(String chatId, String message) {
        return "[{\"channel\":\"/c\",\"data\":{\"messages\":[%s],\"chatId\":\"%s\"}}]".formatted(message, chatId);
    }

    private static final String NO_CHAT = "[{\"channel\":\"/c\",\"data\":{\"messages\":[%s]}}]";

    private static final List<BinaryOperator<String>> IN_CHAT =
            List.of(ChatMemoryTest::chatFirst, ChatMemoryTest::chatLast);

    private String edited(ChatMemory memory, String payload) {
        return new Editing().in(DIALECT).remembering(memory).of(payload, 11);
    }

    private String editedWhole(ChatMemory memory, String payload) {
        return new Editing().in(DIALECT).remembering(memory).of(payload);
    }

    @Test
    void ofTheSameConnection() {
        edited(memories.ofConnection("b1"), chatLast("A", JOIN));
        assertThat(edited(memories.ofConnection("b1"), chatLast("A", LEAVE))).isEqualTo(chatLast("A", ""));
        assertThat(edited(memories.ofConnection("b2"), chatLast("B", LEAVE))).isEqualTo(chatLast("B", LEAVE));
    }

    @Test
    void whereItIsFoundAfterAnotherReplyBegan() {
        ChatMemory awaited = memories.ofChat("A");
        ChatMemory socket = memories.ofConnection("b1");
        ChatMemory other = memories.ofChat("B");
        assertThat(edited(awaited, chatLast("A", LEAVE))).isEqualTo(chatLast("A", LEAVE));

        edited(memories.ofChat("A"), chatLast("A", JOIN));
        edited(memories.ofConnection("b1"), NO_CHAT.formatted(JOIN));

        assertThat(edited(awaited, chatLast("A", LEAVE))).isEqualTo(chatLast("A", ""));
        assertThat(edited(socket, NO_CHAT.formatted(LEAVE))).isEqualTo(NO_CHAT.formatted(""));
        assertThat(edited(other, chatLast("B", LEAVE))).isEqualTo(chatLast("B", LEAVE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereItIsFoundWhileAMessageIsOnItsWay(boolean wasAnybodyHidden) {
        for (BinaryOperator<String> inChat : IN_CHAT) {
            String reply = inChat.apply("A", LEAVE);
            int messageEnd = reply.indexOf(LEAVE) + LEAVE.length();
            for (int cut = 1; cut < messageEnd; cut++) {
                for (int awaiting = 0; awaiting < 3; awaiting++) {
                    memories = new ChatMemories();
                    if (wasAnybodyHidden) {
                        memories.ofChat("A").hide("5", SenderKind.EXTERNAL);
                    }
                    List<ChatMemory> awaited =
                            List.of(memories.ofChat("A"), memories.ofConnection("b1"), memories.ofConnection(null));
                    assertThat(new Editing()
                                    .in(DIALECT)
                                    .remembering(awaited.get(awaiting))
                                    .of(reply, cut, () -> edited(memories.ofConnection(null), chatLast("A", JOIN))))
                            .isEqualTo(inChat.apply("A", ""));
                }
            }
        }
    }

    @Test
    void whereItIsFoundWhileATextThatNamesItIsAwaited() {
        String text = "say \"participantId\": 7 twice";
        for (int cut = 1; cut <= text.indexOf("participantId"); cut++) {
            memories = new ChatMemories();
            Editing editing = new Editing().ofType(PayloadType.UNKNOWN).remembering(memories.ofChat("A"));
            int pieces = cut;
            assertThatThrownBy(() ->
                            editing.of(text, pieces, () -> edited(memories.ofConnection(null), chatLast("A", JOIN))))
                    .isInstanceOf(UnreadablePayloadException.class);
        }
    }

    @Test
    void inAnEventThatIsNoJson() {
        ChatMemory memory = memories.ofChat("A");
        memory.hide("7", SenderKind.EXTERNAL);
        Editing editing = new Editing().ofType(PayloadType.EVENT_STREAM).remembering(memory);
        String said = "msg " + LEAVE;
        String others = said.replace(":7,", ":8,") + " 7";
        String around = ": %1$s\n\nid: %1$s\nevent: %1$s\ndata: %1$s\nmore: %1$s\n\n".formatted(others);

        assertThat(editing.of(around, 9)).isEqualTo(around);
        assertThat(editing.of(around + "data: " + said + "\n\n" + around, 9)).isEqualTo(around + around);
        assertThat(editing.of("data: " + said.replace(",", "\ndata:,") + "\n\n", 9))
                .isEmpty();
        for (String field : new String[] {": ", "id: ", "event: ", "more: "}) {
            for (String data : new String[] {"", "data: 1\n"}) {
                assertThatThrownBy(() -> editing.of(data + field + said + "\n" + data + "\n", 9))
                        .isInstanceOf(UnreadablePayloadException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTheSameChatOverAnotherConnection(boolean isNamedFirst) {
        BinaryOperator<String> inChat = isNamedFirst ? ChatMemoryTest::chatFirst : ChatMemoryTest::chatLast;
        for (BinaryOperator<String> joined : IN_CHAT) {
            memories = new ChatMemories();
            edited(memories.ofConnection(null), joined.apply("A", JOIN));
            for (String connection : new String[] {"b2", null}) {
                assertThat(edited(memories.ofConnection(connection), inChat.apply("A", LEAVE)))
                        .isEqualTo(inChat.apply("A", ""));
                assertThat(editedWhole(memories.ofConnection(connection), inChat.apply("A", LEAVE)))
                        .isEqualTo(inChat.apply("A", ""));
            }
            assertThat(editedWhole(memories.ofConnection("b4"), inChat.apply("C", LEAVE)))
                    .isEqualTo(inChat.apply("C", LEAVE));
        }
    }

    @Test
    void underTheUsualSpellingOfANumber() {
        edited(memories.ofConnection(null), chatLast("A", JOIN.replace(":7,", ":7.0,")));
        for (String spelled : new String[] {"7", "7.0", "7e0", "\"7\""}) {
            String leave = LEAVE.replace(":7,", ":" + spelled + ",");
            for (BinaryOperator<String> inChat : IN_CHAT) {
                assertThat(edited(memories.ofConnection(null), inChat.apply("A", leave)))
                        .isEqualTo(inChat.apply("A", ""));
            }
        }
    }

    @Test
    void ofAChatThatANumberNames() {
        edited(memories.ofConnection(null), chatLast("12", JOIN).replace("\"12\"", "12.0"));
        for (String spelled : new String[] {"12", "1.2e1", "\"12\""}) {
            for (BinaryOperator<String> inChat : IN_CHAT) {
                String reply = inChat.apply("12", "%s").replace("\"12\"", spelled);
                assertThat(edited(memories.ofConnection(null), reply.formatted(LEAVE)))
                        .isEqualTo(reply.formatted(""));
            }
        }
        for (String other : new String[] {"-12", "null", "true"}) {
            for (BinaryOperator<String> inChat : IN_CHAT) {
                String reply = inChat.apply("12", LEAVE).replace("\"12\"", other);
                assertThat(edited(memories.ofConnection(null), reply)).isEqualTo(reply);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0020"})
    void aBlankNamesNoChat(String blank) {
        for (BinaryOperator<String> inChat : IN_CHAT) {
            memories = new ChatMemories();
            edited(memories.ofConnection("b1"), inChat.apply(blank, JOIN));
            assertThat(edited(memories.ofConnection("b1"), inChat.apply(blank, LEAVE)))
                    .isEqualTo(inChat.apply(blank, ""));
            for (BinaryOperator<String> again : IN_CHAT) {
                assertThat(edited(memories.ofConnection("b2"), again.apply(blank, LEAVE)))
                        .isEqualTo(again.apply(blank, LEAVE));
            }
        }
    }

    @Test
    void ofAChatThatNothingNamesIsNotOfTheNext() {
        edited(
                memories.ofConnection(null),
                "[{\"data\":{\"messages\":[" + JOIN + "]}},{\"data\":{\"chatId\":\"B\",\"messages\":[]}}]");
        assertThat(edited(memories.ofChat("B"), chatFirst("B", LEAVE))).isEqualTo(chatFirst("B", LEAVE));
    }

    @Test
    void ofTheSameChatOverAnotherProtocol() {
        edited(memories.ofConnection(null), chatLast("A", JOIN));
        String poll = "{\"messages\":[" + LEAVE + "]}";
        assertThat(new Editing().remembering(memories.ofChat("A")).of(poll)).isEqualTo("{\"messages\":[]}");
        assertThat(new Editing().remembering(memories.ofChat("B")).of(poll)).isEqualTo(poll);
    }

    @Test
    void aChatIsLeftWhereTheObjectEndsThatNamesIt() {
        edited(memories.ofConnection(null), chatLast("A", JOIN));
        String both =
                "[{\"data\":{\"chatId\":\"A\",\"messages\":[%s]}},{\"data\":{\"messages\":[%s],\"chatId\":\"B\"}}]";
        assertThat(edited(memories.ofConnection(null), both.formatted(JOIN, JOIN)))
                .isEqualTo(both.formatted("", ""));
        assertThat(edited(memories.ofChat("B"), chatFirst("B", LEAVE))).isEqualTo(chatFirst("B", ""));
        assertThat(edited(memories.ofChat("C"), chatFirst("C", LEAVE))).isEqualTo(chatFirst("C", LEAVE));
    }

    @Test
    void anIdOfOneChatIsAnotherParticipantsInTheNextOfTheConnection() {
        String bot = event("Bot", "Message");
        for (String connection : new String[] {"b1", null}) {
            for (BinaryOperator<String> first : IN_CHAT) {
                for (BinaryOperator<String> second : IN_CHAT) {
                    memories = new ChatMemories();
                    String both = "[" + first.apply("A", "%s").replaceAll("^.|.$", "") + ","
                            + second.apply("B", bot).replaceAll("^.|.$", "") + "]";
                    ChatMemory ofConnection = memories.ofConnection(connection);
                    assertThat(edited(ofConnection, both.formatted(JOIN))).isEqualTo(both.formatted(""));
                    assertThat(edited(ofConnection, second.apply("B", bot))).isEqualTo(second.apply("B", bot));
                    assertThat(edited(memories.ofChat("B"), second.apply("B", bot)))
                            .isEqualTo(second.apply("B", bot));
                    assertThat(edited(ofConnection, first.apply("A", LEAVE))).isEqualTo(first.apply("A", ""));
                }
            }
        }
    }

    @Test
    void whatNoChatIsNamedForHoldsInTheWholeConnection() {
        String unnamed = "[{\"data\":{\"messages\":[%s]}}]";
        for (String connection : new String[] {"b1", null}) {
            memories = new ChatMemories();
            ChatMemory ofConnection = memories.ofConnection(connection);
            edited(ofConnection, chatLast("A", JOIN));
            assertThat(edited(ofConnection, unnamed.formatted(LEAVE))).isEqualTo(unnamed.formatted(""));
            assertThat(edited(ofConnection, chatLast("B", LEAVE)))
                    .as("what was known before is not learnt anew")
                    .isEqualTo(chatLast("B", LEAVE));

            edited(ofConnection, unnamed.formatted(JOIN));
            assertThat(edited(ofConnection, unnamed.formatted(LEAVE))).isEqualTo(unnamed.formatted(""));
            for (BinaryOperator<String> inChat : IN_CHAT) {
                assertThat(edited(ofConnection, inChat.apply("B", LEAVE))).isEqualTo(inChat.apply("B", ""));
            }
        }
    }

    @Test
    void whoIsHiddenBeforeAReplyBreaksOffIsKnownToTheConnection() {
        ChatMemory ofConnection = memories.ofConnection("b1");
        assertThatThrownBy(() -> edited(ofConnection, "[{\"data\":{\"messages\":[" + JOIN + ","))
                .isInstanceOf(UnreadablePayloadException.class);
        assertThat(edited(ofConnection, chatLast("A", LEAVE))).isEqualTo(chatLast("A", ""));
    }

    @Test
    void whatASupervisorSeesIsOfItsOwnChatToo() {
        String both = "[{\"data\":{\"messages\":[%s]}},{\"data\":{\"chatId\":\"B\",\"messages\":[]}}]";
        new Editing()
                .in(DIALECT)
                .forAudience(Audience.SUPERVISOR)
                .remembering(memories.ofConnection(null))
                .of(both.formatted(JOIN));
        assertThat(edited(memories.ofChat("B"), chatFirst("B", LEAVE))).isEqualTo(chatFirst("B", LEAVE));
    }

    @Test
    void ofTheChatThatIsNamedBehindWordsThatWereEmptied() {
        DialectSource own = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build()
                .readValue(
                        "{\"name\":\"own\",\"like\":[\"genesys-v2\"],\"words\":[\"state.note\"]}", DialectSource.class);
        Editing editing = new Editing().in(new Dialect(own, Dialects::named)).remembering(memories.ofConnection(null));
        String reply = "{\"messages\":[%s],\"state\":{\"note\":\"%s\"},\"participants\":[%s],\"chatId\":\"A\"}";

        assertThat(editing.of(reply.formatted(JOIN, "#undertone#", LEAVE))).isEqualTo(reply.formatted("", "", ""));
        assertThat(editing.hidden).extracting(HiddenMessage::chatId).containsOnly("A");
        assertThat(edited(memories.ofConnection("b2"), chatLast("A", LEAVE))).isEqualTo(chatLast("A", ""));
    }

    @Test
    void aConnectionIsNoChatOfTheSameName() {
        edited(memories.ofConnection("A"), chatLast("B", JOIN));
        assertThat(edited(memories.ofChat("A"), chatFirst("A", LEAVE))).isEqualTo(chatFirst("A", LEAVE));
    }

    @Test
    void whatIsHiddenIsToldWithItsChatWhereverThatIsNamed() {
        for (int step : new int[] {1, 9, 1000}) {
            Editing editing = new Editing().in(DIALECT);
            String both = "[" + chatFirst("A", JOIN).replaceAll("^.|.$", "") + ","
                    + chatLast("B", JOIN).replaceAll("^.|.$", "") + ",{\"data\":{\"messages\":[" + JOIN + "]}}]";
            editing.of(both, step);
            assertThat(editing.hidden).extracting(HiddenMessage::chatId).containsExactly("A", "B", null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "7 7",
                "7.0 7",
                "7.00e0 7",
                "70E-1 7",
                "0.07e+2 7",
                "7.5 7.5",
                "7e1 70",
                "-7.0 -7",
                "7e99999999 7e99999999",
                "\"p/7\" p/7",
                "\"p\\/7\" p/7",
                "\"\\u00707\" p7",
                "\"ü7\" ü7",
                "\"\\u00fc7\" ü7"
            })
    void anIdIsTheSameHoweverItIsSpelled(String spelled, String id) {
        String others =
                ",{\"from\":{\"nickname\":\"Ann\",\"participantId\":2,\"type\":\"Agent\"},\"index\":7,\"text\":\"7\"}"
                        .repeat(3);
        String poll = "{\"messages\":[" + LEAVE.replace("\"participantId\":7", "\"participantId\":" + spelled) + others
                + "]}";
        for (String known : new String[] {"7", "p/7", "p7", "ü7"}) {
            ChatMemory memory = memories.ofChat("chat of " + known);
            memory.hide(known, SenderKind.EXTERNAL);
            assertThat(new Editing().remembering(memory).of(poll))
                    .as("%s is known", known)
                    .isEqualTo(known.equals(id) ? "{\"messages\":[" + others.substring(1) + "]}" : poll);
        }
    }
}
