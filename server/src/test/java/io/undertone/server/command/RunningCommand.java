package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A command that goes on until it is stopped, in this process, on free ports, with its data in a directory of its own. */
final class RunningCommand implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private final Path tokenFile;

    /** Starts the command, and returns when it accepts connections. */
    RunningCommand(Path directory, String... arguments) {
        tokenFile = directory.resolve("token");
        List<String> all = Stream.concat(Arrays.stream(arguments), Stream.of("--port", "0", "--management-port", "0"))
                .toList();
        var running = runner.submit(() -> Undertone.run(
                Map.of(
                        "UNDERTONE_MANAGEMENT_TOKEN_FILE",
                        tokenFile.toString(),
                        "UNDERTONE_STORE_URL",
                        "jdbc:h2:file:" + directory.resolve("store"),
                        "UNDERTONE_PROBE_INTERVAL",
                        "100ms"),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                all.toArray(String[]::new)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> out.toString(UTF_8).contains("management  http") || running.isDone());
    }

    /** The address that it printed for a listener. */
    URI address(String listener) {
        return Pattern.compile("(?m)^" + listener + " +(http://\\S+)")
                .matcher(out.toString(UTF_8))
                .results()
                .map(line -> URI.create(line.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out.toString(UTF_8) + err.toString(UTF_8)));
    }

    String token() throws Exception {
        return Files.readString(tokenFile).strip();
    }

    @Override
    public void close() throws Exception {
        runner.shutdownNow();
        if (!runner.awaitTermination(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the command does not stop");
        }
    }
}
