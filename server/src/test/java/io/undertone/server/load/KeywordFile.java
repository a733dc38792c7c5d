package io.undertone.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration that Undertone runs with, and follows. */
final class KeywordFile {
    private KeywordFile() {}

    /**
     * Puts the file where it was, or was not, in one step.
     *
     * @param keywords texts without quotes and backslashes
     */
    static Path write(Path directory, List<String> keywords) throws IOException {
        String yaml = keywords.stream()
                .map(keyword -> "  - text: \"" + keyword + "\"\n")
                .collect(Collectors.joining("", "configVersion: 1\nkeywords:\n", ""));
        Path next = Files.writeString(directory.resolve("next.yaml"), yaml);
        return Files.move(next, directory.resolve("undertone.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
