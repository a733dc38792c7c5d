package io.undertone.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A client of HTTP/1.1 and HTTP/2 that nobody here wrote, and no build can bring: where it is missing, its tests are skipped. */
public final class Curl {
    private Curl() {}

    /** Skips the test that asks, unless curl is installed. */
    public static void isNeeded() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        boolean isInstalled = Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
        Assumptions.assumeTrue(isInstalled, "no curl is installed");
    }
}
