package io.undertone.webapp.store;

import io.undertone.webapp.config.StoreConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL on a free port, which the build brings with it. It can be stopped and started again with its data. */
public final class Postgres implements AutoCloseable {
    private final Path data;
    private int port;
    private @Nullable EmbeddedPostgres running;

    private Postgres(Path data) {
        this.data = data;
    }

    /** Starts one, or skips the test where none can run. */
    public static Postgres start() throws IOException {
        Postgres postgres =
                new Postgres(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres"));
        try {
            postgres.running = postgres.builder().start();
        } catch (IllegalStateException refused) {
            // PostgreSQL refuses to be run by root; the library gets round that by a user namespace.
            Assumptions.assumeFalse(
                    System.getProperty("user.name").equals("root"),
                    "PostgreSQL does not run as root, and there is no user namespace here: run the build as another user");
            throw refused;
        }
        postgres.port = postgres.running.getPort();
        return postgres;
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(data)
                .setCleanDataDirectory(false);
    }

    /** A new database. */
    public StoreConfig database(String name) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(running).getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new StoreConfig("jdbc:postgresql://localhost:" + port + "/" + name, "postgres", "postgres");
    }

    public void stop() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    public void startAgain() throws IOException {
        running = builder().setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        stop();
        IO.delete(data);
    }
}
