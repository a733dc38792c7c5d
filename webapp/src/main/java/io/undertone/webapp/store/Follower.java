package io.undertone.webapp.store;

import io.undertone.webapp.config.StoreConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what other nodes write into PostgreSQL. A notification only wakes it: what is new is read from the tables, also
 * when none came for a second and after each reconnection, so that one that is missed delays and loses nothing.
 *
 * <p>It has a connection of its own, in auto-commit mode, since within a transaction no notification is seen; and every wait
 * has an end, since a wait without one never notices a dead network.
 */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int WAIT_MILLIS = 1_000;

    /** Between two readings, so that a burst of notifications is read at once. */
    private static final int PAUSE_MILLIS = 50;

    private static final long STOP_MILLIS = 3_000;

    private final StoreConfig config;
    private final String channel;
    private final Work<?> catchUp;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Follower(StoreConfig config, String channel, Work<?> catchUp) {
        this.config = config;
        this.channel = channel;
        this.catchUp = catchUp;
        this.thread = new Thread(this::follow, "undertone-store-" + channel);
        thread.setDaemon(true);
    }

    /** Limits for every wait on the network; those of the URL win. */
    static Properties networkLimits() {
        Properties limits = new Properties();
        PGProperty.APPLICATION_NAME.set(limits, "undertone");
        PGProperty.LOGIN_TIMEOUT.set(limits, 2);
        PGProperty.CONNECT_TIMEOUT.set(limits, 2);
        PGProperty.SOCKET_TIMEOUT.set(limits, 5);
        PGProperty.TCP_KEEP_ALIVE.set(limits, true);
        return limits;
    }

    void start() {
        thread.start();
    }

    private void follow() {
        do {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + channel);
                PGConnection notified = connection.unwrap(PGConnection.class);
                do {
                    catchUp.with(connection);
                    notified.getNotifications(WAIT_MILLIS);
                } while (!closesWithin(PAUSE_MILLIS));
            } catch (SQLException lost) {
                LOG.debug("Channel {} is lost: {}", channel, lost.getMessage());
            } catch (RuntimeException defect) {
                LOG.error("Channel {} could not be followed", channel, defect);
            }
        } while (!closesWithin(WAIT_MILLIS));
    }

    private Connection connect() throws SQLException {
        Properties properties = networkLimits();
        if (config.user() != null) {
            PGProperty.USER.set(properties, config.user());
        }
        if (config.password() != null) {
            PGProperty.PASSWORD.set(properties, config.password());
        }
        Connection connection = new Driver().connect(config.url(), properties);
        if (connection == null) {
            throw new SQLException("the address is none of PostgreSQL");
        }
        return connection;
    }

    private boolean closesWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
