package io.undertone.server.command;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.transcript.ScrubSummary;
import io.undertone.filters.transcript.TranscriptScrubber;
import io.undertone.webapp.config.UndertoneConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes hidden events out of stored transcripts. A file that cannot be read is named, and does not stop the others. */
@Command(
        name = "scrub",
        description = "Takes out of stored transcripts (XML, JSON) what their reader may not see.",
        mixinStandardHelpOptions = true)
final class ScrubCommand implements Callable<Integer> {
    private static final int CALLERS_MISTAKE = 2;
    /** Less than this is done before anybody looks at a progress bar. */
    private static final long WORTH_A_BAR = 16L << 20;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOptions configOptions = new ConfigOptions();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "what JSON transcripts are written in; auto unless said")
    private String dialect = Dialects.AUTO;

    @Option(names = "--audience", paramLabel = "WHO", description = "customer (unless said), agent or supervisor")
    private String audience = "customer";

    @Option(names = "--in-place", description = "replaces each file; one with nothing to hide is left alone")
    private boolean inPlace;

    @Option(names = "--output", paramLabel = "DIR", description = "writes each file there under its own name")
    private @Nullable Path output;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "transcripts; a single one goes to standard output")
    private List<Path> files = new ArrayList<>();

    ScrubCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        requireOnePlaceForEach();
        TranscriptScrubber scrubber = scrubber();
        boolean allGood = true;
        for (Path file : files) {
            allGood &= scrub(scrubber, file);
        }
        return allGood ? 0 : CALLERS_MISTAKE;
    }

    private TranscriptScrubber scrubber() {
        Audience reader = Flags.audience(spec, audience);
        UndertoneConfig effective = configOptions.read(environment);
        KeywordSet hidden =
                KeywordSet.compile(1, effective.effectiveKeywords(), effective.effectiveHiddenParticipants());
        Dialect spoken = Flags.read(spec, "--dialect", dialect, effective.dialects()::require);
        return new TranscriptScrubber(hidden, reader, spoken);
    }

    private void requireOnePlaceForEach() {
        if (inPlace && output != null) {
            throw mistake("'--in-place' and '--output' are two places: name one");
        }
        if (output != null && Files.exists(output) && !Files.isDirectory(output)) {
            throw mistake("'--output' " + output + " is a file: name a directory");
        }
        if (!inPlace && output == null && files.size() > 1) {
            throw mistake("several files do not go to standard output: say '--in-place' or '--output DIR'");
        }
        Set<Path> names = new HashSet<>();
        for (Path file : files) {
            if (output != null && !names.add(file.getFileName())) {
                throw mistake("two files are called " + file.getFileName() + ": one would overwrite the other");
            }
        }
    }

    private ParameterException mistake(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private boolean scrub(TranscriptScrubber scrubber, Path file) {
        try {
            ScrubSummary summary = scrub(scrubber, file, file.toRealPath());
            err.println(file + ": " + inWords(summary));
            return true;
        } catch (IOException e) {
            err.println("undertone: " + file + ": " + inWords(e));
            return false;
        }
    }

    /** By way of a temporary file, so that whatever goes wrong leaves nothing half-written behind. */
    private ScrubSummary scrub(TranscriptScrubber scrubber, Path file, Path original) throws IOException {
        Path temporary = temporary(original);
        try {
            ScrubSummary summary;
            try (InputStream stored = open(original);
                    OutputStream written = Files.newOutputStream(temporary)) {
                summary = scrubber.scrub(stored, written);
            }
            deliver(temporary, file, original);
            return summary;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A large file is read with a progress bar if somebody is there to see it. */
    private InputStream open(Path original) throws IOException {
        InputStream stored = Files.newInputStream(original);
        if (!Ansi.AUTO.enabled() || Files.size(original) < WORTH_A_BAR) {
            return stored;
        }
        return ProgressBar.wrap(
                stored,
                new ProgressBarBuilder()
                        .setTaskName(original.getFileName().toString())
                        .setInitialMax(Files.size(original))
                        .setUnit(" MiB", 1 << 20)
                        .setConsumer(new ConsoleProgressBarConsumer(err)));
    }

    /** Beside the place where it will stand, as a file cannot be moved at once to another disk. */
    private Path temporary(Path original) throws IOException {
        if (inPlace) {
            return Files.createTempFile(original.getParent(), ".scrub", null);
        }
        return output == null
                ? Files.createTempFile("scrub", null)
                : Files.createTempFile(Files.createDirectories(output), ".scrub", null);
    }

    private void deliver(Path scrubbed, Path file, Path original) throws IOException {
        if (inPlace) {
            if (Files.mismatch(scrubbed, original) >= 0) {
                replace(original, scrubbed, original);
            }
        } else if (output != null) {
            Path target = output.resolve(file.getFileName());
            if (Files.exists(target) && Files.isSameFile(target, original)) {
                throw new IOException("it stands in the directory of '--output' itself: say '--in-place'");
            }
            replace(target, scrubbed, original);
        } else {
            Files.copy(scrubbed, out);
            out.flush();
        }
    }

    /** A temporary file is for its owner alone; whoever could read the original may read this. */
    private static void replace(Path target, Path scrubbed, Path original) throws IOException {
        if (Files.getFileStore(scrubbed).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(scrubbed, Files.getPosixFilePermissions(original));
        }
        Files.move(scrubbed, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String inWords(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (trouble instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        return String.valueOf(trouble.getMessage());
    }

    private static String inWords(ScrubSummary summary) {
        StringBuilder words = new StringBuilder()
                .append(summary.events())
                .append(summary.events() == 1 ? " event, " : " events, ")
                .append(summary.hidden())
                .append(" hidden");
        if (summary.hidden() > 0) {
            words.append(new TreeMap<>(summary.hiddenBy())
                    .entrySet().stream()
                            .map(by -> by.getValue() + " " + reason(by.getKey()))
                            .collect(Collectors.joining(", ", ": ", "")));
        }
        return words.toString();
    }

    private static String reason(String hiddenBy) {
        return switch (hiddenBy) {
            case ScrubSummary.PARTICIPANT -> "of a hidden participant";
            case ScrubSummary.VISIBILITY -> "by the chat server's visibility";
            default -> "by keyword " + hiddenBy;
        };
    }
}
