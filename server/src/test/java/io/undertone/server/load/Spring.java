package io.undertone.server.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Spring Cloud Gateway: a class path of its own, and a source file that {@code java} compiles as it starts. Paths are from the module's
 * directory.
 */
final class Spring {
    private static final Path JARS = Path.of("target", "spring");

    static final String CLASS_PATH = JARS + "/*";
    static final String SOURCE = "src/test/spring/SpringGateway.java";

    /** Of a reply, which it reads as a whole. A transcript has more than a quarter of that, which is its own limit. */
    private static final String MOST_BYTES = "1MB";

    private Spring() {}

    /** Whether its jars were copied. */
    static boolean isHere() {
        return Files.isDirectory(JARS);
    }

    /** What it is told when it starts. */
    static List<String> arguments(int port, String upstream) {
        return List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.http.codecs.max-in-memory-size=" + MOST_BYTES,
                "--chat.upstream=" + upstream,
                "--chat.keywords=" + String.join(",", Contender.KEYWORDS));
    }
}
