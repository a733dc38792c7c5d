package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The verdicts that all nodes remember, one for each interaction and server. Stages end exceptionally while the store is
 * lost: then nothing is remembered. Thread-safe.
 */
public final class StoredVerdicts {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UPDATE = """
            UPDATE verdicts SET reason = ?, fault_code = ?, fault_string = ?, attempts = ?, checked_at = ?, expires_at = ?
            WHERE interaction_id = ? AND server = ?""";
    private static final String INSERT = """
            INSERT INTO verdicts (reason, fault_code, fault_string, attempts, checked_at, expires_at, interaction_id, server)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SELECT = """
            SELECT reason, fault_code, fault_string, attempts, checked_at, expires_at, server FROM verdicts
            WHERE interaction_id = ? AND expires_at > ?""";
    private static final String DELETE_OTHERS = "DELETE FROM verdicts WHERE interaction_id = ? AND server <> ?";
    private static final String DELETE = "DELETE FROM verdicts WHERE interaction_id = ?";
    private static final String PURGE = "DELETE FROM verdicts WHERE expires_at < CURRENT_TIMESTAMP";

    private final Store store;

    public StoredVerdicts(Store store) {
        this.store = store;
    }

    /** Remembers a verdict, instead of what was remembered for the same interaction and server. */
    public CompletionStage<Void> put(StoredVerdict verdict) {
        return store.run(connection -> {
                    if (write(connection, UPDATE, verdict) == 0) {
                        insert(connection, verdict);
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    /** In SQL that both databases know: two nodes may insert at once, and the later one updates. */
    private static void insert(Connection connection, StoredVerdict verdict) throws SQLException {
        try {
            write(connection, INSERT, verdict);
        } catch (SQLException inserted) {
            if (!UNIQUE_VIOLATION.equals(inserted.getSQLState())) {
                throw inserted;
            }
            write(connection, UPDATE, verdict);
        }
    }

    private static int write(Connection connection, String sql, StoredVerdict verdict) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, verdict.reason());
            statement.setString(2, verdict.faultCode());
            statement.setString(3, verdict.faultString());
            statement.setInt(4, verdict.attempts());
            statement.setObject(5, utc(verdict.checkedAt()));
            statement.setObject(6, utc(verdict.expiresAt()));
            statement.setString(7, verdict.interactionId());
            statement.setString(8, verdict.server());
            return statement.executeUpdate();
        }
    }

    /** The verdict that is remembered, if it has not expired by then; what was remembered of other servers is forgotten. */
    public CompletionStage<Optional<StoredVerdict>> get(String interactionId, String server, Instant now) {
        return store.run(connection -> {
            StoredVerdict found = null;
            boolean isOfOthers = false;
            try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
                statement.setString(1, interactionId);
                statement.setObject(2, utc(now));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        if (row.getString(7).equals(server)) {
                            found = read(row, interactionId, server);
                        } else {
                            isOfOthers = true;
                        }
                    }
                }
            }
            if (isOfOthers) {
                forgetOthers(connection, interactionId, server);
            }
            return Optional.ofNullable(found);
        });
    }

    private static void forgetOthers(Connection connection, String interactionId, String server) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_OTHERS)) {
            statement.setString(1, interactionId);
            statement.setString(2, server);
            statement.executeUpdate();
        }
    }

    private static StoredVerdict read(ResultSet row, String interactionId, String server) throws SQLException {
        return new StoredVerdict(
                interactionId,
                server,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    /** Forgets all that is remembered of an interaction, whichever server owned it. */
    public CompletionStage<Void> forget(String interactionId) {
        return store.run(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
                        statement.setString(1, interactionId);
                        return statement.executeUpdate();
                    }
                })
                .thenAccept(rows -> {});
    }

    static int purge(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PURGE)) {
            return statement.executeUpdate();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
