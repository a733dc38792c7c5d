package io.undertone.server.command;

import io.undertone.filters.keyword.Keyword;
import io.undertone.webapp.config.KeywordReader;
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

    /**
     * Reads what {@code --keyword} was given, each time it was.
     *
     * @throws ParameterException if one of them is none
     */
    static List<Keyword> keywords(CommandSpec spec, List<String> texts) {
        List<Keyword> keywords = new ArrayList<>();
        for (String text : texts) {
            String id = "flag-" + (keywords.size() + 1);
            keywords.add(read(spec, "--keyword", text, flag -> KeywordReader.flag(id, flag)));
        }
        return keywords;
    }
}
