package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How far the questions about each interaction are, for the node that is asked next. Of one interaction it is what was told
 * last. Where there is one node alone, nothing is kept. Stages end exceptionally while the store is lost. Thread-safe.
 */
public final class StoredInquiries {
    private static final String PUT = """
            INSERT INTO inquiries (interaction_id, node, findings, changed_at)
            VALUES (?, ?, ?, clock_timestamp() - ? * INTERVAL '1 millisecond')
            ON CONFLICT (interaction_id) DO UPDATE
            SET node = EXCLUDED.node, findings = EXCLUDED.findings, changed_at = EXCLUDED.changed_at""";
    private static final String GET = """
            SELECT node, findings, CAST(EXTRACT(EPOCH FROM clock_timestamp() - changed_at) * 1000 AS BIGINT)
            FROM inquiries WHERE interaction_id = ?""";
    private static final String PURGE =
            "DELETE FROM inquiries WHERE changed_at < CURRENT_TIMESTAMP - INTERVAL '1' HOUR";

    private final Store store;

    public StoredInquiries(Store store) {
        this.store = store;
    }

    /** Keeps what a node tells, instead of what was told before. */
    public CompletionStage<Void> put(StoredInquiry inquiry) {
        if (!store.isShared()) {
            return CompletableFuture.completedFuture(null);
        }
        return store.run(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
                        statement.setString(1, inquiry.interactionId());
                        statement.setString(2, inquiry.node());
                        statement.setString(3, inquiry.findings());
                        statement.setLong(4, inquiry.age().toMillis());
                        return statement.executeUpdate();
                    }
                })
                .thenAccept(rows -> {});
    }

    /** What was told of an interaction last. */
    public CompletionStage<Optional<StoredInquiry>> get(String interactionId) {
        if (!store.isShared()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return store.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(GET)) {
                statement.setString(1, interactionId);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new StoredInquiry(
                                    interactionId,
                                    row.getString(1),
                                    row.getString(2),
                                    Duration.ofMillis(Math.max(0, row.getLong(3)))))
                            : Optional.empty();
                }
            }
        });
    }

    static int purge(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(PURGE);
        }
    }
}
