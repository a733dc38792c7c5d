package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sightings on their way between nodes: the node whose customer was sent a probe tells, the one that sent the probe hears.
 * A sighting that is lost with the store leaves the verdict to the server's answer. Thread-safe.
 */
public final class StoredSightings implements SightingChannel {
    private static final String CHANNEL = "undertone_sightings";
    private static final String INSERT =
            "INSERT INTO sightings (probe, interaction_id) VALUES (?, ?) ON CONFLICT (probe) DO NOTHING";

    /** It looks back further than to its last run, for a row becomes visible some time after its own time stamp. */
    private static final String NEW = """
            SELECT probe, interaction_id, CAST(EXTRACT(EPOCH FROM clock_timestamp() - seen_at) * 1000 AS BIGINT)
            FROM sightings WHERE seen_at > CAST(? AS TIMESTAMP WITH TIME ZONE) - INTERVAL '2 seconds'""";

    private static final String PURGE =
            "DELETE FROM sightings WHERE seen_at < CURRENT_TIMESTAMP - INTERVAL '10' MINUTE";

    private final Tidings tidings;

    public StoredSightings(Store store) {
        this.tidings = new Tidings(store, CHANNEL, INSERT, NEW);
    }

    @Override
    public void tell(String probe, String interactionId) {
        var unused = tidings.tell(probe, interactionId);
    }

    @Override
    public void hear(Consumer<StoredSighting> hearing) {
        tidings.hear(
                Duration.ZERO,
                row -> hearing.accept(new StoredSighting(
                        row.getString(1), row.getString(2), Duration.ofMillis(Math.max(0, row.getLong(3))))));
    }

    static int purge(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(PURGE);
        }
    }
}
