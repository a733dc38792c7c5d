package io.undertone.server.command;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.config.Values;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The product: proxy and management side, until it is told to stop. Flags win over the environment, it over the file. */
@Command(
        name = "serve",
        description = "Stands before a chat server and hides what carries a keyword.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Map<String, String> environment;
    private final PrintStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOptions configOptions = new ConfigOptions();

    @Option(names = "--port", paramLabel = "N", description = "customers' port; 0 for a free one")
    private @Nullable String port;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "workflows' and administrators' port; 0 for a free one")
    private @Nullable String managementPort;

    @Option(names = "--upstream", paramLabel = "URL", description = "the chat server; replaces the routes of the file")
    private @Nullable String upstream;

    @Option(names = "--dialect", paramLabel = "NAME", description = "what the chat server speaks; auto unless said")
    private @Nullable String dialect;

    ServeCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        UndertoneConfig config = effective();
        ConfigReader.unknownVariables(configOptions.file(environment).orElse(null), environment)
                .forEach(LOG::warn);
        StopSignals signals = new StopSignals();
        try (UndertoneServer server = new Launcher(out).launch(config, this::follow)) {
            signals.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void follow(UndertoneApplication application) {
        configOptions.file(environment).ifPresent(file -> application.follow(file, this::effective));
    }

    private UndertoneConfig effective() {
        UndertoneConfig base = configOptions.read(environment);
        UndertoneConfig effective = base;
        if (port != null) {
            effective = effective.withListenPort(Flags.read(spec, "--port", port, Values::port));
        }
        if (managementPort != null) {
            effective =
                    effective.withManagementPort(Flags.read(spec, "--management-port", managementPort, Values::port));
        }
        if (upstream != null) {
            URI server = Flags.read(spec, "--upstream", upstream, Values::upstream);
            String spoken = dialect == null
                    ? RouteConfig.DEFAULT_DIALECT
                    : Flags.read(spec, "--dialect", dialect, base.dialects()::require)
                            .name();
            return effective.withRoutes(List.of(RouteConfig.toEverything(server, spoken)));
        }
        if (dialect != null) {
            throw new ParameterException(spec.commandLine(), "'--dialect' says what an '--upstream' speaks: name one");
        }
        return effective;
    }
}
