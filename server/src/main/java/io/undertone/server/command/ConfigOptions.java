package io.undertone.server.command;

import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of every command that hides by a configuration: the file, and keywords beside it. */
final class ConfigOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "undertone.yaml; else the file that UNDERTONE_CONFIG names")
    private @Nullable Path config;

    @Option(
            names = "--keyword",
            paramLabel = "TEXT[=INT|VIP]",
            description = "a text to hide, and from whom; VIP unless said. Adds to those of the file")
    private List<String> keywords = new ArrayList<>();

    /**
     * The configuration that is meant: flags win over the environment, it over the file.
     *
     * @throws io.undertone.webapp.config.ConfigException if there is anything wrong with it
     * @throws picocli.CommandLine.ParameterException if a keyword is none
     */
    UndertoneConfig read(Map<String, String> environment) {
        return ConfigReader.read(file(environment).orElse(null), environment)
                .withMoreKeywords(Flags.keywords(spec, keywords));
    }

    /** The file that is meant, empty where there is none. */
    Optional<Path> file(Map<String, String> environment) {
        return Optional.ofNullable(config).or(() -> ConfigReader.fileNamedBy(environment));
    }
}
