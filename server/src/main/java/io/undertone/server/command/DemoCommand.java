package io.undertone.server.command;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.server.sandbox.Sandbox;
import io.undertone.server.sandbox.SandboxSettings;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.config.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything on one machine: a contact centre in miniature, the proxy before it, and a customer's chat page. */
@Command(
        name = "demo",
        description = "Starts a sandbox contact centre, the proxy before it, and a customer's chat page.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final PrintStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "the customer's port, 8080 unless said; 0 for a free one")
    private String port = "8080";

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "the workflow's port, 8081 unless said; 0 for a free one")
    private String managementPort = "8081";

    DemoCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        int customersPort = Flags.read(spec, "--port", port, Values::port);
        int workflowsPort = Flags.read(spec, "--management-port", managementPort, Values::port);
        Launcher launcher = new Launcher(out);
        StopSignals signals = new StopSignals();
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.DEFAULT)) {
            UndertoneConfig config = ConfigReader.parse(yaml(sandbox), environment)
                    .withListenPort(customersPort)
                    .withManagementPort(workflowsPort);
            try (UndertoneServer server = launcher.launch(config, application -> application
                    .addPublic("/", sandbox.chatPage())
                    .addManagement("/sandbox/*", sandbox.switches()))) {
                launcher.tellDemo(config, server);
                signals.await();
            }
        } catch (IOException unable) {
            throw new ConfigException(List.of("the sandbox does not start: " + unable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** The interval is short, as in a demonstration somebody waits, but longer than the chat page's poll. */
    private static String yaml(Sandbox sandbox) {
        return """
                routes:
                  - {path: /genesys, upstream: "%s"}
                probe: {url: "%s", interactionUrl: "%s", attempts: 3, interval: 2s, timeout: 2s}
                """.formatted(sandbox.gms(), sandbox.esp(), sandbox.interactionUrl());
    }
}
