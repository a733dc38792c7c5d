package io.undertone.server.command;

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
}
