package io.undertone.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.undertone.server.drill.Drill;
import io.undertone.server.drill.DrillReport;
import io.undertone.server.drill.DrillSettings;
import io.undertone.server.drill.Progress;
import io.undertone.server.drill.ReportJson;
import io.undertone.server.drill.ReportPage;
import io.undertone.server.drill.ReportText;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.config.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays a chat server's crash, without Undertone and with it, and counts what came of it. */
@Command(
        name = "drill",
        description = "Replays a chat server's crash for a simulated hour, without Undertone and with it, and counts."
                + " Exits with 1 if an agent was shown a dead chat, a live chat was stopped or a customer saw a probe.",
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
    private static final String WEBAPP = "io.undertone.webapp";
    private static final int MOST_CHATS = 20_000;
    private static final Duration LATEST_CRASH = Duration.ofMinutes(30);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOptions configOptions = new ConfigOptions();

    @Option(names = "--chats", paramLabel = "N", description = "live customers when it begins; 1000 unless said")
    private String chats = "1000";

    @Option(names = "--crash-after", paramLabel = "TIME", description = "when a chat server crashes; 10s unless said")
    private String crashAfter = "10s";

    @Option(
            names = "--ha",
            paramLabel = "MODE",
            description = "how chat servers are made highly available: none, warm-standby or n+1;"
                    + " probe.ha of the file unless said")
    private @Nullable String ha;

    @Option(names = "--nodes", paramLabel = "1|2", description = "nodes of Undertone; 2 unless said")
    private String nodes = "2";

    @Option(names = "--lose-node", description = "a node dies while verdicts are under way, and stays dead")
    private boolean loseNode;

    @Option(names = "--lose-store", description = "the nodes' common store is lost while verdicts are under way")
    private boolean loseStore;

    @Option(names = "--seed", paramLabel = "N", description = "another seed, other customers; 1 unless said")
    private String seed = "1";

    @Option(names = "--html", paramLabel = "FILE", description = "also writes the report as a page with charts")
    private @Nullable Path html;

    @Option(names = "--format", paramLabel = "NAME", description = "text or json; text unless said")
    private String format = "text";

    DrillCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        UndertoneConfig config = configOptions.read(Drill.environment(withFlags()));
        DrillSettings settings = settings(config);
        boolean isJson = Flags.read(spec, "--format", format, text -> Values.spelled(text, "text", "json"))
                .equals("json");
        if (html != null) {
            // Now, so that nobody waits for a report that cannot be kept.
            write(html, "");
        }
        DrillReport report = runQuietly(settings, config);
        out.println(isJson ? ReportJson.of(report) : ReportText.of(report));
        if (html != null) {
            write(html, ReportPage.of(report));
        }
        return report.aimsHold() ? 0 : 1;
    }

    /** The flag says what the file's option says, so that the attempts that go with a mode go with the flag, too. */
    private Map<String, String> withFlags() {
        Map<String, String> all = new HashMap<>(environment);
        if (ha != null) {
            all.put("UNDERTONE_PROBE_HA", Flags.read(spec, "--ha", ha, DrillCommand::mode));
        }
        return all;
    }

    private static String mode(String text) {
        return Values.spelled(text, "none", "warm-standby", "n+1");
    }

    private DrillSettings settings(UndertoneConfig config) {
        return new DrillSettings(
                Flags.read(spec, "--chats", chats, text -> Values.wholeNumber(text, 1, MOST_CHATS)),
                Flags.read(spec, "--crash-after", crashAfter, DrillCommand::crashAfter),
                config.probe().ha(),
                Flags.read(spec, "--nodes", nodes, text -> Values.wholeNumber(text, 1, 2)),
                loseNode,
                loseStore,
                Flags.read(spec, "--seed", seed, text -> Values.wholeNumber(text, 0, 999_999_999)));
    }

    private static Duration crashAfter(String text) {
        Duration after = Values.duration(text);
        if (after.compareTo(LATEST_CRASH) > 0) {
            throw new IllegalArgumentException('"' + text + "\" leaves too little of the hour; write 30m or less");
        }
        return after;
    }

    /** What Undertone says of simulated chats is no news for the log. */
    private DrillReport runQuietly(DrillSettings settings, UndertoneConfig config) {
        Logger log = (Logger) LoggerFactory.getLogger(WEBAPP);
        Level before = log.getLevel();
        log.setLevel(Level.ERROR);
        try {
            return run(settings, config);
        } finally {
            log.setLevel(before);
        }
    }

    private DrillReport run(DrillSettings settings, UndertoneConfig config) {
        if (!Ansi.AUTO.enabled()) {
            return Drill.run(settings, config, done -> {});
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("drill")
                .setInitialMax(Progress.WHOLE.toMinutes())
                .setUnit(" simulated min", 1)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build()) {
            return Drill.run(settings, config, done -> bar.stepTo(done.toMinutes()));
        }
    }

    private void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException unable) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--html: " + file + " cannot be written; name a file in a directory that is there");
        }
    }
}
