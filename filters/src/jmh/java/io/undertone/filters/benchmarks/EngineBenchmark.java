package io.undertone.filters.benchmarks;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.RawScan;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The scan of raw bytes, and the engine whole: a reply in, what a customer may see of it out. */
@State(Scope.Thread)
public class EngineBenchmark {
    private static final Dialect DIALECT = Dialects.named(Dialects.GENESYS_V2).orElseThrow();

    @Param({"empty", "poll", "poll/2", "transcript", "transcript/50"})
    public String reply = "";

    @Param({"1", "10", "100", "10000"})
    public int keywords;

    private byte[] bytes = new byte[0];
    private byte[] target = new byte[0];
    private int length;
    private KeywordSet set = Samples.keywordSet(1);

    /** Reads the sample, compiles the keywords. */
    @Setup
    public void prepare() {
        bytes = Samples.reply(reply);
        target = new byte[bytes.length];
        set = Samples.keywordSet(keywords);
    }

    /** Goes on behind what may match, so that every byte is looked at. */
    @Benchmark
    public int rawScan() {
        int state = RawScan.START;
        int perhaps = 0;
        for (int from = 0; from < bytes.length; from += 256) {
            state = set.rawScan().advance(RawScan.START, bytes, from, Math.min(from + 256, bytes.length));
            perhaps += state == RawScan.PERHAPS ? 1 : 0;
        }
        return perhaps;
    }

    @Benchmark
    public int engine() {
        length = 0;
        PayloadEditor editor = new PayloadEditor(
                PayloadType.JSON,
                DIALECT,
                Audience.CUSTOMER,
                set,
                OnUnreadable.WITHHOLD,
                new ChatMemory(),
                message -> {});
        editor.feed(bytes, 0, bytes.length, this::write);
        editor.end(this::write);
        return length;
    }

    private void write(byte[] from, int offset, int count) {
        System.arraycopy(from, offset, target, length, count);
        length += count;
    }
}
