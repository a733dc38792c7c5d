package io.undertone.webapp.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> taken = new ArrayList<>();

    @TempDir
    private Path directory;

    private FileWatch watch(Path file) {
        return new FileWatch(
                "words",
                List.of(file),
                () -> {
                    String content = Files.exists(file) ? Files.readString(file) : "";
                    if (content.isEmpty()) {
                        throw new ConfigException(List.of("it is empty; write a word"));
                    }
                    taken.add(content);
                },
                meters);
    }

    private static void lookTwice(FileWatch watch) {
        watch.look();
        watch.look();
    }

    private double counted(String outcome) {
        return meters.counter("undertone.reloads", "subject", "words", "outcome", outcome)
                .count();
    }

    @Test
    void whatStaysTheSameIsNotTakenOver() throws IOException {
        FileWatch watch = watch(Files.writeString(directory.resolve("file"), "one"));

        lookTwice(watch);

        assertThat(taken).isEmpty();
    }

    @Test
    void aFileIsTakenOverOnceAndWhenItHasStoppedChanging() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "one");
        FileWatch watch = watch(file);

        Files.writeString(file, "half of");
        watch.look();
        Files.writeString(file, "half of two");
        watch.look();
        assertThat(taken).isEmpty();
        lookTwice(watch);

        assertThat(taken).containsExactly("half of two");
        assertThat(counted("taken")).isEqualTo(1);
    }

    @Test
    void aFileThatIsLostOrEmptyChangesNothingAndIsTakenWhenItIsThereAgain() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "one");
        FileWatch watch = watch(file);

        Files.delete(file);
        lookTwice(watch);
        Files.createFile(file);
        lookTwice(watch);
        assertThat(taken).isEmpty();
        assertThat(counted("refused")).isEqualTo(2);
        Files.writeString(file, "two");
        lookTwice(watch);

        assertThat(taken).containsExactly("two");
    }

    /** As Kubernetes does with what it mounts: the file is a link into a linked directory, which is replaced whole. */
    @Test
    void aLinkIsFollowedEachTimeItIsTurned() throws IOException {
        Path versions = directory.resolve("..data");
        Files.createSymbolicLink(versions, version("one"));
        Path file = Files.createSymbolicLink(directory.resolve("file"), Path.of("..data", "file"));
        FileWatch watch = watch(file);

        for (String content : List.of("two", "six")) {
            Path turned = Files.createSymbolicLink(directory.resolve("..tmp"), version(content));
            Files.move(turned, versions, StandardCopyOption.ATOMIC_MOVE);
            lookTwice(watch);
        }

        assertThat(taken).containsExactly("two", "six");
    }

    private Path version(String content) throws IOException {
        Path version = Files.createDirectory(directory.resolve("..version-" + content));
        Files.writeString(version.resolve("file"), content);
        return version;
    }
}
