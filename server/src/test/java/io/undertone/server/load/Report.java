package io.undertone.server.load;

import io.undertone.server.load.Crowd.Waiting;
import io.undertone.server.load.ProxyProcess.Footprint;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Tables in Markdown. Ratios are to the same proxy without a filter, in the same run. */
final class Report {
    private static final double KILO = 1_024.0;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void polls(Payload payload, Map<Candidate, PollBench.Figures> figures) {
        PollBench.Figures base = figures.entrySet().stream()
                .filter(entry -> entry.getKey().contender() == Contender.UNFILTERED)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new PollBench.Figures(Double.NaN, Double.NaN, Double.NaN, Load.newHistogram()));
        line("");
        line(
                "%s: %s, %,d bytes; steady: %,d requests a second",
                payload.service(), payload.meaning(), payload.whole().length, payload.steadyRate());
        line("");
        line("| | requests/s | ratio | CPU ms/request | ratio | steady CPU | ratio | steady p50 ms | p99 ms |");
        line("|---|---|---|---|---|---|---|---|---|");
        figures.forEach((candidate, row) -> line(
                "| %s | %,.0f | %.2f | %s | %.2f | %.2f |",
                candidate.contender().meaning(),
                row.requestsPerSecond(),
                row.requestsPerSecond() / base.requestsPerSecond(),
                cpu(candidate, row, base),
                row.latencyMillis(50),
                row.latencyMillis(99)));
    }

    private static String cpu(Candidate candidate, PollBench.Figures row, PollBench.Figures base) {
        return candidate.process() == null
                ? "| | |"
                : String.format(
                        Locale.ROOT,
                        "%.3f | %.2f | %.3f | %.2f",
                        row.cpuMillis(),
                        row.cpuMillis() / base.cpuMillis(),
                        row.steadyCpuMillis(),
                        row.steadyCpuMillis() / base.steadyCpuMillis());
    }

    void verdicts(VerdictBench.Figures figures) {
        line("");
        line(
                "A verdict without a probe: %,.0f a second, CPU %.3f ms each; %.2f of that of an empty poll in the same process",
                figures.verdictsPerSecond(), figures.cpuMillis(), figures.cpuMillis() / figures.pollCpuMillis());
    }

    void swap(int keywords, Histogram latencies) {
        line("");
        line(
                "%,d keywords taken over while %,d replies went out, none of them wrong: p50 %.2f, p99 %.2f, the slowest %.2f ms",
                keywords,
                latencies.getTotalCount(),
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6,
                latencies.getMaxValue() / 1e6);
    }

    void idleHead(int size) {
        line("");
        line("%,d customers wait, and vanish at once. Counts are before / meanwhile / after", size);
        line("");
        line(
                "| | live heap KB each | resident KB each | sockets | threads | exchanges | heap left KB each | cleared in s |");
        line("|---|---|---|---|---|---|---|---|");
    }

    void idle(Contender contender, Waiting waiting, int size, IdleBench.Figures figures) {
        Footprint before = figures.before();
        Footprint meanwhile = figures.waiting();
        Footprint after = figures.after();
        line(
                "| %s, %s | %.1f | %.1f | %d / %d / %d | %d / %d / %d | %d / %d / %d | %.2f | %.1f |",
                contender.meaning(),
                waiting.meaning(),
                (meanwhile.heap().bytes() - before.heap().bytes()) / KILO / size,
                (meanwhile.residentBytes() - before.residentBytes()) / KILO / size,
                before.sockets(),
                meanwhile.sockets(),
                after.sockets(),
                before.threads(),
                meanwhile.threads(),
                after.threads(),
                before.heap().exchanges(),
                meanwhile.heap().exchanges(),
                after.heap().exchanges(),
                (after.heap().bytes() - before.heap().bytes()) / KILO / size,
                figures.secondsToClear());
    }

    void note(String text) {
        line("");
        line("%s", text);
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
