package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sightings on their way between nodes: the node whose customer was sent a probe tells, the one that sent the probe hears.
 * Where there is one node alone, nothing is told. Thread-safe.
 */
public final class StoredSightings implements SightingChannel {
    private static final String CHANNEL = "undertone_sightings";
    private static final String INSERT =
            "INSERT INTO sightings (probe, interaction_id) VALUES (?, ?) ON CONFLICT (probe) DO NOTHING";
    private static final String NOTIFY = "NOTIFY " + CHANNEL;

    /** It looks back further than to its last run, for a row becomes visible some time after its own time stamp. */
    private static final String NEW = """
            SELECT probe, interaction_id, CAST(EXTRACT(EPOCH FROM clock_timestamp() - seen_at) * 1000 AS BIGINT)
            FROM sightings WHERE seen_at > CAST(? AS TIMESTAMP WITH TIME ZONE) - INTERVAL '2 seconds'""";

    private static final String PURGE =
            "DELETE FROM sightings WHERE seen_at < CURRENT_TIMESTAMP - INTERVAL '10' MINUTE";

    private final Store store;

    public StoredSightings(Store store) {
        this.store = store;
    }

    @Override
    public void tell(String probe, String interactionId) {
        if (!store.isShared()) {
            return;
        }
        // A sighting that is lost with the store leaves the verdict to the server's answer.
        var unused = store.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT);
                    Statement notify = connection.createStatement()) {
                insert.setString(1, probe);
                insert.setString(2, interactionId);
                insert.executeUpdate();
                notify.execute(NOTIFY);
                return true;
            }
        });
    }

    @Override
    public void hear(Consumer<StoredSighting> hearing) {
        AtomicReference<@Nullable OffsetDateTime> heardUntil = new AtomicReference<>();
        store.follow(CHANNEL, connection -> {
            OffsetDateTime now = now(connection);
            OffsetDateTime last = heardUntil.get();
            read(connection, last == null ? now : last, hearing);
            heardUntil.set(now);
            return true;
        });
    }

    private static OffsetDateTime now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    private static void read(Connection connection, OffsetDateTime since, Consumer<StoredSighting> hearing)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEW)) {
            statement.setObject(1, since);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    hearing.accept(new StoredSighting(
                            row.getString(1), row.getString(2), Duration.ofMillis(Math.max(0, row.getLong(3)))));
                }
            }
        }
    }

    static int purge(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(PURGE);
        }
    }
}
