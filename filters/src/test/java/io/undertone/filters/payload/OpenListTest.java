package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first look at a reply found out about its list of messages is used for that list, and for no other. */
class OpenListTest {
    private static final String HARMLESS = "{\"nickname\":\"Ann\",\"text\":\"hi\"}";
    private static final String HIDDEN = "{\"nickname\":\"Ann\",\"text\":\"#undertone#\"}";

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "[%s\n]", "[ %s]", "[%1$s,%1$s,%1$s]", "[7,%s]", "[{},%s]"})
    void aKeywordInAnArrayThatHoldsNoMessagesIsWithheldWhateverListsStandBeforeIt(String list) {
        for (String array : new String[] {"[%s,%s]", "[ %s,%s]", "[1,%s,%s]", "[[],%s, %s]", "{\"b\":[%s,%s]}"}) {
            String reply = "{\"messages\":" + list.formatted(HARMLESS) + ",\"strays\":"
                    + array.formatted(HARMLESS, HIDDEN) + "}";

            assertThatThrownBy(() -> new Editing().of(reply))
                    .as(reply)
                    .isInstanceOf(UnreadablePayloadException.class)
                    .extracting(e -> ((UnreadablePayloadException) e).reason())
                    .isEqualTo(UnreadableReason.KEYWORD_OUTSIDE_MESSAGES);
        }
    }

    @Test
    void theLastOfAListIsHiddenAndNothingBeforeIt() {
        for (String first : new String[] {HARMLESS, HARMLESS.replace("\"hi\"", "[[1],[2]]"), "7", "{}"}) {
            String reply = "{\"participants\":[%s],\"messages\":[%s,%s%s]}";

            assertThat(new Editing().of(reply.formatted(HARMLESS, first, HARMLESS, "," + HIDDEN)))
                    .isEqualTo(reply.formatted(HARMLESS, first, HARMLESS, ""));
        }
    }
}
