package io.undertone.server.command;

import io.undertone.webapp.config.ConfigReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says all that is wrong with a file, and starts nothing. */
@Command(
        name = "check",
        description = "Reads undertone.yaml and names every error in it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final PrintStream out;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "undertone.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    CheckCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        Launcher.requireRoutes(ConfigReader.read(config, environment));
        out.println("ok");
        return 0;
    }
}
