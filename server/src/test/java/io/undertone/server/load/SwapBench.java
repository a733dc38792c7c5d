package io.undertone.server.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Replaces the keywords by many more while customers poll at a steady rate. What is hidden is the same before and after, so that
 * every reply is checked all the while.
 *
 * @param connections how many customers poll at once
 */
record SwapBench(SocketLoop loop, int connections) {
    static final int KEYWORDS = 10_000;
    private static final Payload PAYLOAD = Payload.M;
    /** The file is looked at every second, taken over when it has rested, and read on the core that the load leaves little of. */
    private static final Duration DURATION = Duration.ofSeconds(20);

    private static final long CHANGE_AFTER_SECONDS = 2;
    private static final String TAKEN_OVER = "undertone_keywords_generation 2.0";

    /**
     * @return the latency of each reply, in nanoseconds
     * @throws IOException if a reply is not what a customer has to see, or the keywords are not taken over
     */
    Histogram measure(Candidate candidate, Path directory, String token) throws IOException, InterruptedException {
        List<String> many = Stream.concat(
                        Contender.KEYWORDS.stream(),
                        IntStream.range(Contender.KEYWORDS.size(), KEYWORDS).mapToObj("#keyword%05d#"::formatted))
                .toList();
        int expectedBytes = candidate.check(PAYLOAD);
        ScheduledExecutorService administrator = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<Path> change = administrator.schedule(
                    () -> KeywordFile.write(directory, many), CHANGE_AFTER_SECONDS, TimeUnit.SECONDS);
            Load.Outcome outcome = Load.run(
                    loop,
                    candidate.port(),
                    PAYLOAD.service(),
                    chat -> Requests.poll(PAYLOAD.service(), chat),
                    expectedBytes,
                    connections,
                    PAYLOAD.steadyRate(),
                    DURATION);
            change.get();
            requireTakenOver(candidate, token);
            return outcome.latencies();
        } catch (ExecutionException failed) {
            throw new IOException("the keywords were not written: " + failed.getMessage(), failed);
        } finally {
            administrator.shutdownNow();
        }
    }

    private static void requireTakenOver(Candidate candidate, String token) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + candidate.managementPort() + "/metrics"))
                .header("Authorization", "Bearer " + token)
                .build();
        String text = HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofString())
                .body();
        if (!text.contains(TAKEN_OVER)) {
            throw new IOException("the " + KEYWORDS + " keywords were not taken over: /metrics has no " + TAKEN_OVER);
        }
    }
}
