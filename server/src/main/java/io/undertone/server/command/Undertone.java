package io.undertone.server.command;

import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.Spelling;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. Exit codes: 0 good, 1 the answer is negative, 2 the caller's mistake. */
@Command(
        name = "undertone",
        description = "Hides administrators' messages from web chat customers, and asks whether a chat is alive.",
        mixinStandardHelpOptions = true,
        versionProvider = Undertone.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Undertone {
    private static final Logger LOG = LoggerFactory.getLogger(Undertone.class);
    private static final int CALLERS_MISTAKE = 2;

    private Undertone() {}

    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err, arguments));
    }

    /**
     * Runs a command to its end; {@code serve} ends when its thread is interrupted or the process is told to.
     *
     * @return the exit code
     */
    static int run(Map<String, String> environment, PrintStream out, PrintStream err, String... arguments) {
        CommandLine commands = new CommandLine(new Undertone())
                .addSubcommand(new DemoCommand(environment, out))
                .addSubcommand(new ServeCommand(environment, out))
                .addSubcommand(new CheckCommand(environment, out))
                .addSubcommand(new ScrubCommand(environment, out, err))
                .addSubcommand(new ProbeCommand(environment, out, err))
                .addSubcommand(new ExplainCommand(environment, System.in, out))
                .addSubcommand(new DrillCommand(environment, out, err))
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setParameterExceptionHandler((mistake, ignored) -> complain(mistake, err))
                .setExecutionExceptionHandler((failure, command, ignored) -> complain(failure, err));
        return commands.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static int complain(ParameterException mistake, PrintStream err) {
        CommandLine command = mistake.getCommandLine();
        String mend = meant(mistake)
                .map(near -> "did you mean " + near + "?")
                .orElse("see '" + command.getCommandSpec().qualifiedName() + " --help'");
        err.println("undertone: " + mistake.getMessage() + "; " + mend);
        return CALLERS_MISTAKE;
    }

    private static Optional<String> meant(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        String written = unmatched.getUnmatched().get(0).split("=", 2)[0];
        CommandLine command = mistake.getCommandLine();
        Set<String> words = new TreeSet<>(command.getSubcommands().keySet());
        words.addAll(command.getCommandSpec().optionsMap().keySet());
        return Spelling.nearest(written, words);
    }

    private static int complain(Exception failure, PrintStream err) {
        if (failure instanceof ConfigException wrong) {
            wrong.errors().forEach(error -> err.println("undertone: " + error));
            return CALLERS_MISTAKE;
        }
        LOG.error("a command failed", failure);
        err.println("undertone: it failed for a reason of its own, which the log names; please report it");
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Undertone.class.getPackage().getImplementationVersion();
            return new String[] {"undertone " + (version == null ? "from source" : version)};
        }
    }
}
