package io.undertone.filters.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same on text beyond ASCII, in which nothing is hidden. */
@State(Scope.Thread)
public class LanguageBenchmark {
    @Param({"German", "Russian", "Japanese", "emoji"})
    public String reply = "";

    private final ReplyBenchmark others = new ReplyBenchmark();
    private final EngineBenchmark ours = new EngineBenchmark();

    @Setup
    public void prepare() {
        others.reply = reply;
        others.prepare();
        ours.reply = reply;
        ours.keywords = 10;
        ours.prepare();
    }

    @Benchmark
    public int jacksonTokens() {
        return others.jacksonTokens();
    }

    @Benchmark
    public int rawScan() {
        return ours.rawScan();
    }

    @Benchmark
    public int engine() {
        return ours.engine();
    }
}
