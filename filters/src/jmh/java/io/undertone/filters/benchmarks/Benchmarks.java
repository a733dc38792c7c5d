package io.undertone.filters.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints one table: bytes per nanosecond, the ratio to Jackson's bare token loop, allocation. The
 * time of a call is the median, so that whatever else the machine does counts little.
 */
public final class Benchmarks {
    private static final String BASELINE = "jacksonTokens";

    private Benchmarks() {}

    /**
     * Runs.
     *
     * @param args a regular expression for the benchmarks to run, where not all are wanted
     */
    public static void main(String[] args) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(args.length == 0 ? ".*" : args[0])
                .forks(1)
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500))
                .addProfiler(GCProfiler.class)
                .build();
        print(new Runner(options).run());
    }

    private static void print(Collection<RunResult> results) {
        Map<String, Double> baselines = new HashMap<>();
        for (RunResult result : results) {
            if (name(result).equals(BASELINE)) {
                baselines.put(parameter(result, "reply"), gigabytesPerSecond(result));
            }
        }
        System.out.println("| benchmark | reply | keywords | GB/s | x Jackson's tokens | bytes allocated |");
        System.out.println("|---|---|---|---|---|---|");
        for (RunResult result : results) {
            double rate = gigabytesPerSecond(result);
            Double baseline = baselines.get(parameter(result, "reply"));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %s | %.0f |%n",
                    name(result),
                    parameter(result, "reply"),
                    parameter(result, "keywords"),
                    rate,
                    baseline == null ? "" : String.format(Locale.ROOT, "%.2f", rate / baseline),
                    allocated(result));
        }
    }

    private static double gigabytesPerSecond(RunResult result) {
        String reply = parameter(result, "reply");
        int bytes = reply.isEmpty() ? MatchingBenchmark.bytes() : Samples.reply(reply).length;
        return bytes / result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static double allocated(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocation == null ? Double.NaN : allocation.getScore();
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    private static String parameter(RunResult result, String name) {
        String value = result.getParams().getParam(name);
        return value == null ? "" : value;
    }
}
