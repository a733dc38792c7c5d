package io.undertone.server.command;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.webapp.config.KeywordReader;
import io.undertone.webapp.config.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the values of flags by the same rules as those of the file. */
final class Flags {
    private Flags() {}

    /** @throws ParameterException if the value is none; it names the flag */
    static <T> T read(CommandSpec spec, String name, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), name + ": " + wrong.getMessage(), wrong);
        }
    }

    /** For whom something is, as the flag {@code --audience} says. */
    static Audience audience(CommandSpec spec, String flag) {
        return read(
                spec,
                "--audience",
                flag,
                text -> Values.constant(text, Audience.class, "customer", "agent", "supervisor"));
    }

    /** The keywords of the flag {@code --keyword}, which may stand several times. */
    static List<Keyword> keywords(CommandSpec spec, List<String> flags) {
        List<Keyword> keywords = new ArrayList<>();
        for (String flag : flags) {
            String id = "flag-" + (keywords.size() + 1);
            keywords.add(read(spec, "--keyword", flag, text -> KeywordReader.flag(id, text)));
        }
        return keywords;
    }
}
