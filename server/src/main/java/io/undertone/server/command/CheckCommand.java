package io.undertone.server.command;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says all that is wrong with a file, and starts nothing. */
@Command(
        name = "check",
        description = "Reads undertone.yaml and names every error in it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final PrintStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "undertone.yaml; else the file that UNDERTONE_CONFIG names")
    private @Nullable Path config;

    CheckCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        Path file = file();
        UndertoneConfig read = ConfigReader.read(file, environment);
        ConfigReader.unknownVariables(file, environment).forEach(unknown -> out.println("warning: " + unknown));
        Launcher.requireRoutes(read, "name one in the file");
        UndertoneServer.checkFiles(read);
        if (read.hidesNothing()) {
            out.println("warning: keywords: none, so nothing will be hidden; name one in the file");
        }
        out.println("ok");
        return 0;
    }

    private Path file() {
        return Optional.ofNullable(config)
                .or(() -> ConfigReader.fileNamedBy(environment))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no file is named: say '--config FILE' or set UNDERTONE_CONFIG"));
    }
}
