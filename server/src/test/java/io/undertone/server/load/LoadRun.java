package io.undertone.server.load;

import io.undertone.server.load.Crowd.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The load driver's command. It fails if a hidden message shows, a reply is wrong, or sockets are left behind. */
@Command(
        name = "load",
        description = "Runs proxies side by side under the same load, and prints what they do and cost.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class LoadRun implements Callable<Integer> {
    private final Report report;

    @Option(names = "--warm-up", description = "for each payload and JVM, in seconds")
    private double warmUp = 5;

    @Option(names = "--seconds", description = "of each measurement")
    private double slice = 1;

    @Option(names = "--rounds", description = "of measurements, of which the median counts")
    private int rounds = 3;

    @Option(names = "--connections", description = "of customers who poll at once")
    private int connections = 32;

    @Option(
            names = "--waiting",
            description = "customers who wait in held polls, and on WebSockets; 0 to leave this out")
    private int waiting = 9_000;

    @Option(names = "--payload", split = ",", description = "${COMPLETION-CANDIDATES}")
    private Set<Payload> payloads = EnumSet.allOf(Payload.class);

    @Option(names = "--contender", split = ",", description = "${COMPLETION-CANDIDATES}")
    private Set<Contender> contenders = EnumSet.allOf(Contender.class);

    @Option(names = "--jvm", description = "a flag for the proxies' JVM, such as -XX:StartFlightRecording=…")
    private List<String> jvmFlags = List.of("-Xmx1g");

    private LoadRun(PrintStream out) {
        this.report = new Report(out);
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadRun(System.out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, ignored) -> {
                    System.err.println("load: " + (failure.getMessage() == null ? failure : failure.getMessage()));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cores.pinThisProcess();
        Path directory = Files.createTempDirectory("undertone-load");
        report.note(
                Cores.arePinned() ? "Load and origin on one core, the proxy on another." : "No core is anybody's own.");
        List<Candidate> candidates = new ArrayList<>();
        try (SocketLoop origins = SocketLoop.start("origin");
                SocketLoop customers = SocketLoop.start("customers")) {
            Origin origin = new Origin(origins);
            for (Contender contender : EnumSet.copyOf(contenders)) {
                Optional<String> missing = contender.missing(directory);
                if (missing.isPresent()) {
                    report.note(contender.meaning() + ": " + missing.get() + ".");
                } else {
                    candidates.add(contender.start(origin.port(), directory, jvmFlags));
                }
            }
            PollBench polls = new PollBench(customers, seconds(warmUp), seconds(slice), rounds, connections);
            polls.warmUp(candidates, payloads);
            for (Payload payload : payloads) {
                report.polls(payload, polls.measure(candidates, payload));
            }
            for (Candidate candidate : candidates) {
                if (candidate.managementPort() != 0) {
                    manage(candidate, directory, customers);
                }
            }
            if (waiting > 0) {
                idle(candidates, new IdleBench(customers, origin, waiting));
            }
            return 0;
        } finally {
            for (Candidate candidate : candidates) {
                candidate.close();
            }
        }
    }

    /** What workflows and administrators ask of the one that has a side for them. */
    private void manage(Candidate candidate, Path directory, SocketLoop customers)
            throws IOException, InterruptedException {
        String token = Files.readString(Contender.tokenFile(directory)).strip();
        VerdictBench verdicts = new VerdictBench(customers, seconds(warmUp), seconds(slice), rounds, connections);
        report.verdicts(verdicts.measure(candidate, token));
        report.swap(SwapBench.KEYWORDS, new SwapBench(customers, connections).measure(candidate, directory, token));
    }

    private void idle(List<Candidate> candidates, IdleBench bench) throws IOException {
        report.idleHead(waiting);
        for (Waiting way : Waiting.values()) {
            for (Candidate candidate : candidates) {
                @Nullable ProxyProcess proxy = candidate.process();
                if (proxy != null && candidate.contender().holds(way)) {
                    report.idle(candidate.contender(), way, waiting, bench.measure(candidate, proxy, way));
                }
            }
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
