package io.undertone.server.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Keeps those who ask and the proxy that is asked on a core each, where there are two and {@code taskset}. */
final class Cores {
    private static final String PROXY = "0";
    private static final String LOAD_AND_ORIGIN = "1";
    private static final boolean CAN_PIN =
            Runtime.getRuntime().availableProcessors() > 1 && runs("taskset", "--version");

    private Cores() {}

    /** Puts this process, which is load and origin, on its core. */
    static void pinThisProcess() {
        if (CAN_PIN) {
            runs(
                    "taskset",
                    "-acp",
                    LOAD_AND_ORIGIN,
                    Long.toString(ProcessHandle.current().pid()));
        }
    }

    /** A command that runs on the proxy's core. */
    static List<String> pinned(List<String> command) {
        List<String> pinned = new ArrayList<>(CAN_PIN ? List.of("taskset", "-c", PROXY) : List.of());
        pinned.addAll(command);
        return pinned;
    }

    /** Whether the proxies have a core to themselves. */
    static boolean arePinned() {
        return CAN_PIN;
    }

    /** Whether a program is there and content. */
    static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
