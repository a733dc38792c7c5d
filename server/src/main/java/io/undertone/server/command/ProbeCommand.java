package io.undertone.server.command;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ManagementConfig;
import io.undertone.webapp.config.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Asks a running server whether chats are alive. Exit codes: 0 all are to be routed, 1 some are not, 2 some were not asked about. */
@Command(
        name = "probe",
        description = "Asks a running Undertone whether a chat is alive, or all chats of a file.",
        mixinStandardHelpOptions = true)
final class ProbeCommand implements Callable<Integer> {
    private static final int STOPS = 1;
    private static final int CALLERS_MISTAKE = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", description = "its management side; http://127.0.0.1:8081 unless said")
    private String url = "http://127.0.0.1:8081";

    @Option(names = "--token", paramLabel = "TOKEN", description = "its token; others see it among the processes")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the file that its token is in; unless said, what the server itself would take")
    private @Nullable Path tokenFile;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "asks about many: JSON lines, CSV with a header, or an id a line")
    private @Nullable Path file;

    @Option(names = "--server", paramLabel = "NAME", description = "the chat server that owns the session")
    private @Nullable String server;

    @Option(names = "--format", paramLabel = "NAME", description = "text or json; text unless said")
    private String format = "text";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "when each answer has to come at the latest, such as 20s; unless said, after all attempts")
    private @Nullable String timeout;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "the interaction to ask about")
    private @Nullable String interactionId;

    ProbeCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        boolean isJson = Flags.read(spec, "--format", format, text -> Values.spelled(text, "text", "json"))
                .equals("json");
        if (interactionId != null && file == null) {
            return askOne(client(), interactionId, isJson);
        }
        if (file != null && interactionId == null) {
            QuestionFile questions = read(file);
            return askMany(client(), questions, file, isJson);
        }
        throw mistake("ask about one chat by its id, or about many by '--file FILE'");
    }

    private ProbeClient client() {
        URI managementSide = Flags.read(spec, "--url", url, Values::upstream);
        Duration patience = timeout == null ? null : Flags.read(spec, "--timeout", timeout, Values::duration);
        return new ProbeClient(managementSide, token(), patience);
    }

    private int askOne(ProbeClient client, String id, boolean isJson) {
        JsonNode answer = client.ask(id, server);
        out.println(isJson ? answer : ProbeReport.of(answer));
        return answer.path("route").asBoolean(true) ? 0 : STOPS;
    }

    private int askMany(ProbeClient client, QuestionFile questions, Path source, boolean isJson) {
        ProbeReport report = new ProbeReport();
        try (ProgressBar progress = progress(questions.size())) {
            client.ask(questions, answer -> {
                report.add(answer);
                if (isJson) {
                    out.println(answer);
                }
                if (progress != null) {
                    progress.step();
                }
            });
        }
        if (!isJson) {
            out.print(report);
        }
        report.refused()
                .forEach(refused -> err.println("undertone: " + source + ", line "
                        + refused.path("line").asInt() + ": "
                        + refused.path("detail").asString()));
        if (!report.refused().isEmpty()) {
            return CALLERS_MISTAKE;
        }
        return report.stopsAny() ? STOPS : 0;
    }

    /** Only if somebody is there to see it. */
    private @Nullable ProgressBar progress(int questions) {
        return Ansi.AUTO.enabled()
                ? new ProgressBarBuilder()
                        .setTaskName("Asking")
                        .setInitialMax(questions)
                        .setConsumer(new ConsoleProgressBarConsumer(err))
                        .build()
                : null;
    }

    private QuestionFile read(Path source) {
        String content = content(source, "name a file with the ids of chats");
        return Flags.read(spec, source.toString(), content, text -> QuestionFile.parse(text, server));
    }

    private String token() {
        if (token != null) {
            return Flags.read(spec, "--token", token, Values::token);
        }
        ManagementConfig configured = ConfigReader.read(
                        ConfigReader.fileNamedBy(environment).orElse(null), environment)
                .management();
        String configuredToken = configured.token();
        if (tokenFile == null && configuredToken != null) {
            return configuredToken;
        }
        Path kept = tokenFile == null ? configured.tokenFile() : tokenFile;
        String content = content(kept, "name the file with the server's token by '--token-file'");
        return Flags.read(spec, "--token-file " + kept, content.strip(), Values::token);
    }

    private String content(Path source, String mend) {
        try {
            return Files.readString(source);
        } catch (NoSuchFileException missing) {
            throw mistake(source + " does not exist; " + mend);
        } catch (AccessDeniedException denied) {
            throw mistake(source + " may not be read by this user; " + mend);
        } catch (MalformedInputException binary) {
            throw mistake(source + " is not text in UTF-8; " + mend);
        } catch (IOException failure) {
            throw mistake(source + " cannot be read (" + failure.getMessage() + "); " + mend);
        }
    }

    private ParameterException mistake(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
