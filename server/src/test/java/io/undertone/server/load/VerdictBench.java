package io.undertone.server.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the HTTP side of the probe costs, beside an empty poll that the same process proxies: questions for which nothing is sent
 * into a chat, in turn with polls.
 *
 * @param warmUp before anything counts
 * @param slice for each measurement
 * @param connections how many workflows and customers ask at once
 */
record VerdictBench(SocketLoop loop, Duration warmUp, Duration slice, int rounds, int connections) {
    private static final String VERDICT = "offline";
    private static final int AS_MANY_AS_CAN_BE = 0;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Medians of the rounds.
     *
     * @param cpuMillis of the process for a verdict
     * @param pollCpuMillis of the process for an empty poll
     */
    record Figures(double verdictsPerSecond, double cpuMillis, double pollCpuMillis) {}

    private interface Asking {
        Load.Outcome run(Duration duration) throws IOException, InterruptedException;
    }

    /** @throws IOException if an answer is not the verdict, or not the poll's */
    Figures measure(Candidate candidate, String token) throws IOException, InterruptedException {
        int pollBytes = candidate.check(Payload.S);
        Asking verdicts = duration -> Load.run(
                loop,
                candidate.managementPort(),
                "the question for a verdict",
                chat -> Requests.verdict(token, chat),
                VERDICT.length(),
                connections,
                AS_MANY_AS_CAN_BE,
                duration);
        Asking polls = duration -> Load.run(
                loop,
                candidate.port(),
                Payload.S.service(),
                chat -> Requests.poll(Payload.S.service(), chat),
                pollBytes,
                connections,
                AS_MANY_AS_CAN_BE,
                duration);
        for (Asking asking : List.of(verdicts, polls)) {
            asking.run(warmUp);
            candidate.rest();
        }
        List<Double> rates = new ArrayList<>();
        List<Double> cpuMillis = new ArrayList<>();
        List<Double> pollCpuMillis = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            rates.add(measured(candidate, verdicts, cpuMillis));
            measured(candidate, polls, pollCpuMillis);
        }
        return new Figures(PollBench.median(rates), PollBench.median(cpuMillis), PollBench.median(pollCpuMillis));
    }

    /** Requests per second; what each cost is added to the list. */
    private double measured(Candidate candidate, Asking asking, List<Double> cpuMillis)
            throws IOException, InterruptedException {
        Duration before = candidate.cpu();
        Load.Outcome outcome = asking.run(slice);
        cpuMillis.add(candidate.cpu().minus(before).toNanos() / NANOS_PER_MILLI / outcome.requests());
        return outcome.requestsPerSecond();
    }
}
