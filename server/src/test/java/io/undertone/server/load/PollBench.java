package io.undertone.server.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Polls every candidate with every payload, in rounds, so that what else the machine does hits all of them alike.
 *
 * @param warmUp for each JVM and payload, before anything counts
 * @param slice for each measurement
 * @param connections how many customers poll at once
 */
record PollBench(SocketLoop loop, Duration warmUp, Duration slice, int rounds, int connections) {
    private static final int AS_MANY_AS_CAN_BE = 0;
    private static final int WARMING_TURNS = 4;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * What one candidate does with one payload, medians of the rounds.
     *
     * @param cpuMillis of the proxy for a request under as many as can be, 0 for the origin
     * @param steadyCpuMillis the same at the payload's steady rate, of all rounds
     * @param latencies at the payload's steady rate, in nanoseconds, of all rounds
     */
    record Figures(double requestsPerSecond, double cpuMillis, double steadyCpuMillis, Histogram latencies) {
        double latencyMillis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
        }
    }

    /**
     * Has the JVMs compile what they will run, as they do in the first minutes of a service: under both loads by turns, as each
     * time that one gives way to the other some of it is compiled anew. Between them they rest, for beside many busy threads the
     * one that compiles gets a small part of a core and is minutes behind.
     */
    void warmUp(List<Candidate> candidates, Collection<Payload> payloads) throws IOException, InterruptedException {
        for (Payload payload : payloads) {
            for (Candidate candidate : candidates) {
                for (int turn = 0; turn < WARMING_TURNS && candidate.contender().isJvm(); turn++) {
                    load(candidate, payload, AS_MANY_AS_CAN_BE, warmUp.dividedBy(WARMING_TURNS));
                    candidate.rest();
                    load(candidate, payload, payload.steadyRate(), slice);
                    candidate.rest();
                }
            }
        }
    }

    /** @throws IOException if a candidate answers anything but what a customer has to see */
    Map<Candidate, Figures> measure(List<Candidate> candidates, Payload payload)
            throws IOException, InterruptedException {
        Map<Candidate, Tally> tallies = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            tallies.put(candidate, new Tally());
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Candidate, Tally> entry : tallies.entrySet()) {
                Candidate candidate = entry.getKey();
                Duration before = candidate.cpu();
                Load.Outcome saturated = load(candidate, payload, AS_MANY_AS_CAN_BE, slice);
                Duration between = candidate.cpu();
                Load.Outcome steady = load(candidate, payload, payload.steadyRate(), slice);
                Duration after = candidate.cpu();
                entry.getValue().add(saturated, between.minus(before), steady, after.minus(between));
            }
        }
        Map<Candidate, Figures> figures = new LinkedHashMap<>();
        tallies.forEach((candidate, tally) -> figures.put(candidate, tally.figures()));
        return figures;
    }

    private Load.Outcome load(Candidate candidate, Payload payload, int perSecond, Duration duration)
            throws IOException, InterruptedException {
        return Load.run(
                loop,
                candidate.port(),
                payload.service(),
                chat -> Requests.poll(payload.service(), chat),
                candidate.check(payload),
                connections,
                perSecond,
                duration);
    }

    /** What the rounds of one candidate gave. */
    private static final class Tally {
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> cpuMillis = new ArrayList<>();
        private final Histogram latencies = Load.newHistogram();
        /** The kernel counts in hundredths of a second: one round at a steady rate is too short for it. */
        private Duration steadySpent = Duration.ZERO;

        void add(Load.Outcome saturated, Duration spent, Load.Outcome steady, Duration steadySpent) {
            rates.add(saturated.requestsPerSecond());
            cpuMillis.add(spent.toNanos() / NANOS_PER_MILLI / saturated.requests());
            latencies.add(steady.latencies());
            this.steadySpent = this.steadySpent.plus(steadySpent);
        }

        Figures figures() {
            double steadyMillis = steadySpent.toNanos() / NANOS_PER_MILLI / latencies.getTotalCount();
            return new Figures(median(rates), median(cpuMillis), steadyMillis, latencies);
        }
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElse(Double.NaN);
    }
}
