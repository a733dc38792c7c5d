package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The sessions that upstreams have begun, told from node to node, so that a customer whose next request comes in elsewhere
 * stays with the upstream. One that is lost with the store goes by its customer's address there. Thread-safe.
 */
public final class StoredSessions {
    private static final String CHANNEL = "undertone_sessions";
    private static final String PUT = """
            INSERT INTO sessions (route, name, upstream) VALUES (?, ?, ?)
            ON CONFLICT (route, name) DO UPDATE SET upstream = EXCLUDED.upstream, begun_at = EXCLUDED.begun_at""";

    /** As of sightings. The driver holds all rows at once, and anybody can begin sessions, so there is an end to them. */
    private static final String NEW = """
            SELECT route, name, upstream FROM sessions
            WHERE begun_at > CAST(? AS TIMESTAMP WITH TIME ZONE) - INTERVAL '2 seconds'
            ORDER BY begun_at DESC LIMIT 100000""";

    private static final String PURGE = "DELETE FROM sessions WHERE begun_at < CURRENT_TIMESTAMP - INTERVAL '2' HOUR";

    /** A node that starts hears of those that may still be there. */
    private static final Duration PAST = Duration.ofHours(2);

    /** A flood of sessions leaves the store to what verdicts rest on. */
    private static final int MOST_WAITING = 1_000;

    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Tidings tidings;

    public StoredSessions(Store store) {
        this.tidings = new Tidings(store, CHANNEL, PUT, NEW);
    }

    /** Tells the other nodes, if there are any, and the store keeps up. Returns at once. */
    public void tell(StoredSession session) {
        if (room.tryAcquire()) {
            var unused = tidings.tell(session.route(), session.name(), session.upstream())
                    .whenComplete((told, failure) -> room.release());
        }
    }

    /**
     * Hears what nodes tell, this one too.
     *
     * @param hearing told of each session, perhaps several times: be quick
     */
    public void hear(Consumer<StoredSession> hearing) {
        tidings.hear(
                PAST, row -> hearing.accept(new StoredSession(row.getString(1), row.getString(2), row.getString(3))));
    }

    static int purge(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(PURGE);
        }
    }
}
