package io.undertone.webapp.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.webapp.config.ManagementConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTokenTest {
    @TempDir
    private Path directory;

    private ManagementConfig config(@Nullable String token) {
        return new ManagementConfig(
                "127.0.0.1", 0, token, directory.resolve("data").resolve("token"), null);
    }

    @Test
    void itIsMadeOnceAndKeptForItsOwnerAlone() throws Exception {
        ManagementToken made = ManagementToken.obtain(config(null));
        ManagementToken kept = ManagementToken.obtain(config(null));

        assertThat(made.isNew()).isTrue();
        assertThat(made.reveal()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(kept.isNew()).isFalse();
        assertThat(kept.reveal()).isEqualTo(made.reveal());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(config(null).tokenFile())))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("data")).isDirectoryNotContaining(file -> !file.endsWith("token"));
    }

    @Test
    void aConfiguredOneWinsAndWritesNothing() throws Exception {
        ManagementToken token = ManagementToken.obtain(config("configured"));

        assertThat(token.reveal()).isEqualTo("configured");
        assertThat(token.isNew()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void serversThatStartAtOnceAgree() throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(8);
        try {
            Callable<ManagementToken> start = () -> ManagementToken.obtain(config(null));
            List<ManagementToken> tokens = new ArrayList<>();
            for (Future<ManagementToken> started : starters.invokeAll(Collections.nCopies(32, start))) {
                tokens.add(started.get());
            }

            assertThat(tokens)
                    .extracting(ManagementToken::reveal)
                    .containsOnly(tokens.get(0).reveal());
            assertThat(tokens).filteredOn(ManagementToken::isNew).hasSize(1);
        } finally {
            starters.shutdownNow();
        }
    }

    @Test
    void aPlaceThatCannotBeUsedIsNamedWithTheMend() throws Exception {
        Files.writeString(directory.resolve("data"), "a file");

        assertThatThrownBy(() -> ManagementToken.obtain(config(null)))
                .isInstanceOf(IOException.class)
                .hasMessage("the management token cannot be kept in "
                        + config(null).tokenFile() + " (" + directory.resolve("data")
                        + " is a file, not a directory); move it away, or set management.tokenFile to another place");
    }

    @Test
    void itIsNeverShownByAccident() throws Exception {
        assertThat(ManagementToken.obtain(config("configured")).toString()).doesNotContain("configured");
        assertThat(config("configured").toString()).doesNotContain("configured");
    }
}
