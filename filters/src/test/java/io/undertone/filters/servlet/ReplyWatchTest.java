package io.undertone.filters.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyWatchTest {
    private final List<String> heard = new ArrayList<>();
    private final ChatListener chat = new ChatListener() {
        @Override
        public void ended() {
            heard.add("ended");
        }

        @Override
        public void goesOn() {
            heard.add("goes on");
        }
    };

    private ReplyWatch watch(String dialect) {
        heard.clear();
        return new ReplyWatch(Dialects.named(dialect).orElseThrow().signs(), true, chat);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "genesys-v2 | {\"messages\":[],\"chatEnded\":true,\"statusCode\":0}               | ended",
                "genesys-v2 | { \"chatEnded\" : \t true }                                         | ended",
                "genesys-v2 | {\"chatEnded\":true                                                 | -",
                "genesys-v2 | {\"chatEnded\":true1}                                               | -",
                "genesys-v2 | {\"messages\":[{\"text\":\"a\"}],\"nextPosition\":6,\"chatEnded\":false} | -",
                "genesys-v2 | {\"text\":\"\\\"chatEnded\\\":true\",\"chatEnded\":false}            | -",
                "genesys-v2 | {\"text\":\"chatEnded\",\"x\":true}                                  | -",
                "genesys-v2 | {\"chatEnded\"                                                      | -",
                "genesys-v2 | {\"chatEnded\":tru                                                  | -",
                "genesys-v2 | {\"statusCode\":0,\"messages\":[],\"chatEnded\":false}              | goes on",
                "genesys-v2 | {\"chatEnded\" : false , \"statusCode\"\t:\t0\t}                     | goes on",
                "genesys-v2 | {\"statusCode\":0,\"chatEnded\":false                               | -",
                "genesys-v2 | {\"chatEnded\":false,\"statusCode\":0                               | -",
                "genesys-v2 | {\"statusCode\":0,\"messages\":[]}                                  | -",
                "genesys-v2 | {\"statusCode\":1,\"chatEnded\":false}                              | -",
                "genesys-v2 | {\"statusCode\":2,\"chatEnded\":false,\"errors\":[{\"code\":0}]}    | -",
                "genesys-v2 | {\"statusCode\":05,\"chatEnded\":false}                             | -",
                "genesys-v2 | {\"statusCode\":0.1,\"chatEnded\":false}                            | -",
                "genesys-v2 | {\"statusCode\":0e1,\"chatEnded\":false}                            | -",
                "genesys-v2 | {\"statusCode\":\"0\",\"chatEnded\":false}                          | -",
                "genesys-v2 | {\"statusCode\":-0,\"chatEnded\":false}                             | -",
                "genesys-v2 | {\"statusCode\":0,\"chatEnded\":falsehood}                          | -",
                "genesys-v2 | {\"text\":\"\\\"statusCode\\\":0\",\"chatEnded\":false}              | -",
                "genesys-v2 | [{\"statusCode\":0,\"chatEnded\":false},{\"chatEnded\":true}]       | ended",
                "genesys-v2-cometd | [{\"data\":{\"statusCode\":0,\"chatEnded\":false}}]          | goes on",
                "genesys-v1 | {\"chatIxnState\":\"DISCONNECTED\",\"transcriptToShow\":[]}         | ended",
                "genesys-v1 | {\"chatIxnState\":\"TRANSCRIPT\",\"transcriptToShow\":[]}           | -",
                "directline | {\"chatEnded\":true}                                                | -",
                "directline | {\"statusCode\":0,\"chatEnded\":false}                              | -"
            })
    void theSignsAreFoundOnceInWhateverPiecesTheyCome(String dialect, String reply, String sign) {
        List<String> expected = sign == null ? List.of() : List.of(sign);
        byte[] bytes = reply.getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            ReplyWatch watch = watch(dialect);
            for (int at = 0; at < bytes.length; at += size) {
                watch.feed(bytes, at, Math.min(size, bytes.length - at));
            }
            watch.end();
            assertThat(heard).as("pieces of %d bytes", size).isEqualTo(expected);
        }
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                ReplyWatch watch = watch(dialect);
                watch.feed(bytes, 0, first);
                watch.feed(bytes, first, second - first);
                watch.feed(bytes, second, bytes.length - second);
                watch.end();
                assertThat(heard).as("cut at %d and %d", first, second).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"chatEnded\":true,\"messages\":[%s]}                                    | ended",
                "{\"messages\":[%s],\"nextPosition\":6,\"chatEnded\":true}                 | ended",
                "{\"statusCode\":0,\"chatEnded\":false,\"messages\":[%s]}                  | goes on",
                "{\"statusCode\":0,\"messages\":[%s],\"nextPosition\":6,\"chatEnded\":false} | goes on",
                "{\"messages\":[%s],\"chatEnded\":false,\"statusCode\":0}                  | goes on"
            })
    void theSignsAreFoundBeforeAndBehindTheMessagesInLargePieces(String reply, String sign) {
        byte[] bytes = reply.formatted("\"text\"" + ",\"text\"".repeat(10_000)).getBytes(UTF_8);
        for (int size : new int[] {bytes.length, 32_768, 16_384, 10_007}) {
            ReplyWatch watch = watch("genesys-v2");
            int first = 10;
            watch.feed(bytes, 0, first);
            for (int at = first; at < bytes.length; at += size) {
                watch.feed(bytes, at, Math.min(size, bytes.length - at));
            }
            watch.end();
            assertThat(heard).as("pieces of %d bytes", size).containsExactly(sign);
        }
    }

    @Test
    void anErrorSaysThatTheChatEndedAndNotThatItGoesOn() {
        for (String chatEnded : List.of("true", "false")) {
            byte[] reply =
                    "{\"statusCode\":0,\"chatEnded\":%s}".formatted(chatEnded).getBytes(UTF_8);
            ReplyWatch watch =
                    new ReplyWatch(Dialects.named("genesys-v2").orElseThrow().signs(), false, chat);
            watch.feed(reply, 0, reply.length);
            watch.end();
        }

        assertThat(heard).containsExactly("ended");
    }

    @Test
    void thatTheChatGoesOnIsHeardOnlyAtTheEnd() {
        byte[] reply = "{\"statusCode\":0,\"chatEnded\":false}".getBytes(UTF_8);
        ReplyWatch watch = watch("genesys-v2");
        watch.feed(reply, 0, reply.length);

        assertThat(heard).isEmpty();
    }
}
