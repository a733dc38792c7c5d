package io.undertone.filters.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndWatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "genesys-v2 | {\"messages\":[],\"chatEnded\":true,\"statusCode\":0}               | true",
                "genesys-v2 | { \"chatEnded\" : \t true }                                         | true",
                "genesys-v2 | {\"messages\":[{\"text\":\"a\"}],\"nextPosition\":6,\"chatEnded\":false} | false",
                "genesys-v2 | {\"text\":\"\\\"chatEnded\\\":true\",\"chatEnded\":false}            | false",
                "genesys-v2 | {\"text\":\"chatEnded\",\"x\":true}                                  | false",
                "genesys-v2 | {\"chatEnded\"                                                      | false",
                "genesys-v2 | {\"chatEnded\":tru                                                  | false",
                "genesys-v1 | {\"chatIxnState\":\"DISCONNECTED\",\"transcriptToShow\":[]}         | true",
                "genesys-v1 | {\"chatIxnState\":\"TRANSCRIPT\",\"transcriptToShow\":[]}           | false",
                "directline | {\"chatEnded\":true}                                                | false"
            })
    void theSignIsFoundOnceInWhateverPiecesItComes(String dialect, String reply, boolean isEnded) {
        byte[] bytes = reply.getBytes(UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            AtomicInteger found = new AtomicInteger();
            EndWatch watch = new EndWatch(Dialects.named(dialect).orElseThrow().endSigns(), found::incrementAndGet);
            for (int at = 0; at < bytes.length; at += size) {
                watch.feed(bytes, at, Math.min(size, bytes.length - at));
            }
            watch.feed(bytes, 0, bytes.length);
            assertThat(found).as("pieces of %d bytes", size).hasValue(isEnded ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"chatEnded\":true,\"messages\":[%s]}",
                "{\"messages\":[%s],\"nextPosition\":6,\"chatEnded\":true}"
            })
    void theSignIsFoundBeforeAndBehindTheMessagesInLargePieces(String reply) {
        byte[] bytes = reply.formatted("\"text\"" + ",\"text\"".repeat(10_000)).getBytes(UTF_8);
        for (int size : new int[] {bytes.length, 32_768, 16_384, 10_007}) {
            AtomicInteger found = new AtomicInteger();
            EndWatch watch =
                    new EndWatch(Dialects.named("genesys-v2").orElseThrow().endSigns(), found::incrementAndGet);
            int first = 10;
            watch.feed(bytes, 0, first);
            for (int at = first; at < bytes.length; at += size) {
                watch.feed(bytes, at, Math.min(size, bytes.length - at));
            }
            assertThat(found).as("pieces of %d bytes", size).hasValue(1);
        }
    }
}
