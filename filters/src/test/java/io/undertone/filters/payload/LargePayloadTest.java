package io.undertone.filters.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A transcript as large as the heap of this test passes, and nothing of it stays. */
class LargePayloadTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void aGibibytePassesInConstantMemory() {
        byte[] batch = ("{\"from\":{\"type\":\"Agent\"},\"text\":\"hello, how can I help?\"},".repeat(250)
                        + "{\"from\":{\"type\":\"External\"},\"text\":\"#undertone#\"},")
                .getBytes(StandardCharsets.UTF_8);
        byte[] end = "{}]}".getBytes(StandardCharsets.UTF_8);
        byte[] start = "{\"messages\":[".getBytes(StandardCharsets.UTF_8);
        long[] counts = new long[3];
        Sink out = (bytes, offset, length) -> {
            counts[0] += length;
            counts[1] = Math.max(counts[1], length);
        };
        PayloadEditor editor = new PayloadEditor(
                PayloadType.JSON,
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(),
                Audience.CUSTOMER,
                Editing.KEYWORDS,
                OnUnreadable.WITHHOLD,
                new ChatMemory(),
                hidden -> counts[2]++);
        editor.feed(start, 0, start.length, out);
        long fed = start.length;
        for (; fed < GIBIBYTE; fed += batch.length) {
            editor.feed(batch, 0, batch.length, out);
        }
        editor.feed(end, 0, end.length, out);
        editor.end(out);
        long hiddenLength = "{\"from\":{\"type\":\"External\"},\"text\":\"#undertone#\"},".length();
        assertThat(counts[0]).isEqualTo(fed + end.length - counts[2] * hiddenLength);
        assertThat(counts[2]).isEqualTo((fed - start.length) / batch.length);
        assertThat(counts[1]).as("the largest piece that was held").isLessThan(64 * 1024);
    }
}
