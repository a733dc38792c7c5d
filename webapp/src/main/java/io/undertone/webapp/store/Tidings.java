package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Rows that nodes write for each other: whoever writes one notifies, and each node reads what is new. Where there is one node
 * alone, nothing is written or read. Thread-safe.
 */
final class Tidings {
    /** Is handed each row that is new, perhaps several times; be quick. */
    @FunctionalInterface
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private final Store store;
    private final String channel;
    private final String insert;
    private final String select;

    /**
     * @param channel what is notified; a plain name
     * @param insert writes a row, with a parameter for each value
     * @param select reads all rows that were written after its parameter, a time by the database's clock
     */
    Tidings(Store store, String channel, String insert, String select) {
        this.store = store;
        this.channel = channel;
        this.insert = insert;
        this.select = select;
    }

    /** Writes a row soon, as {@link Store#run} does; one that is lost with the store is not written. */
    CompletionStage<Boolean> tell(String... values) {
        if (!store.isShared()) {
            return CompletableFuture.completedStage(false);
        }
        return store.run(connection -> {
            try (PreparedStatement row = connection.prepareStatement(insert);
                    Statement notify = connection.createStatement()) {
                for (int column = 0; column < values.length; column++) {
                    row.setString(column + 1, values[column]);
                }
                row.executeUpdate();
                notify.execute("NOTIFY " + channel);
                return true;
            }
        });
    }

    /**
     * Reads what nodes tell, this one too.
     *
     * @param past how far back it begins
     */
    void hear(Duration past, Reader reader) {
        AtomicReference<@Nullable OffsetDateTime> heardUntil = new AtomicReference<>();
        store.follow(channel, connection -> {
            OffsetDateTime now = now(connection);
            OffsetDateTime last = heardUntil.get();
            read(connection, last == null ? now.minus(past) : last, reader);
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

    private void read(Connection connection, OffsetDateTime since, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setObject(1, since);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }
}
