package io.undertone.server.command;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.Explainer;
import io.undertone.filters.payload.Explanation;
import io.undertone.filters.payload.PayloadType;
import io.undertone.filters.payload.PayloadTypes;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.config.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of each message in a captured reply whether it is hidden, and why or why not. */
@Command(
        name = "explain",
        description =
                "Reads a captured reply, and says of each message in it whether it is hidden, and why or why not.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOptions configOptions = new ConfigOptions();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "what the reply speaks; unless said, what all routes of the file do, else auto")
    private @Nullable String dialect;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "the path of the request that was answered: by it, auto tells dialects apart")
    private @Nullable String path;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            description = "for whom the reply is: customer, agent or supervisor; customer unless said")
    private String audience = "customer";

    @Option(
            names = "--type",
            paramLabel = "NAME",
            description = "how the reply is framed: json, lines, events, jsonp or frame (a WebSocket message);"
                    + " guessed unless said")
    private @Nullable String type;

    @Option(names = "--format", paramLabel = "NAME", description = "text or json; text unless said")
    private String format = "text";

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            defaultValue = STANDARD_INPUT,
            description = "the reply's body, with its content coding taken off; - or nothing for standard input."
                    + " Several are the replies of one chat, in their order")
    private List<String> files = new ArrayList<>();

    ExplainCommand(Map<String, String> environment, InputStream in, PrintStream out) {
        this.environment = environment;
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() {
        UndertoneConfig effective = configOptions.read(environment);
        Audience forWhom = Flags.audience(spec, audience);
        boolean isJson = Flags.read(spec, "--format", format, text -> Values.spelled(text, "text", "json"))
                .equals("json");
        Dialect spoken = dialect(effective);
        PayloadType named = type == null ? null : Flags.read(spec, "--type", type, ExplanationWords::type);
        KeywordSet compiled =
                KeywordSet.compile(1, effective.effectiveKeywords(), effective.effectiveHiddenParticipants());
        ChatMemory memory = new ChatMemory();
        for (byte[] payload : files.stream().map(this::payload).toList()) {
            Explainer explainer =
                    new Explainer(named == null ? PayloadTypes.guess(payload) : named, spoken, forWhom, compiled);
            Explanation explanation = explainer.explain(payload, memory);
            out.println(
                    isJson
                            ? ExplanationJson.of(explainer, explanation)
                            : new ExplanationText(
                                            explainer,
                                            spec.commandLine().getColorScheme().ansi())
                                    .of(explanation));
        }
        return 0;
    }

    private Dialect dialect(UndertoneConfig effective) {
        Set<String> ofRoutes =
                effective.routes().stream().map(RouteConfig::dialect).collect(Collectors.toSet());
        String unlessSaid = ofRoutes.size() == 1 ? ofRoutes.iterator().next() : RouteConfig.DEFAULT_DIALECT;
        Dialect named =
                Flags.read(spec, "--dialect", dialect == null ? unlessSaid : dialect, effective.dialects()::require);
        return path == null ? named : named.under(path);
    }

    private byte[] payload(String file) {
        try {
            return file.equals(STANDARD_INPUT) ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "does not exist");
        } catch (AccessDeniedException denied) {
            throw unreadable(file, "may not be read by this user");
        } catch (IOException failure) {
            throw unreadable(file, "cannot be read (" + failure.getMessage() + ")");
        }
    }

    private ParameterException unreadable(String file, String what) {
        return new ParameterException(spec.commandLine(), file + " " + what + "; name a file that holds a reply");
    }
}
