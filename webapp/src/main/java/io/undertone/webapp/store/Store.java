package io.undertone.webapp.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.webapp.config.StoreConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, and whether it is there. It never keeps a caller waiting: work is done on threads of its own, and refused at
 * once while the database is lost. It is looked for every second, so that it comes back by itself. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final int CONNECTIONS = 4;
    private static final int MOST_WAITING = 10_000;
    private static final long GET_CONNECTION_MILLIS = 1_000;

    /** To open a file, and to make one, takes a busy machine longer than a network takes to answer. */
    private static final long OPEN_FILE_MILLIS = 15_000;

    private static final long TEND_MILLIS = 1_000;
    private static final long PURGE_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long STOP_MILLIS = 3_000;

    private static final String H2_TRACE = "TRACE_LEVEL_FILE";

    private final StoreConfig config;
    /** Those that may not have ended, the pool's among them. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private final HikariDataSource pool;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor keeper;
    private final Counter failures;
    private final List<Work<?>> onArrival = new CopyOnWriteArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private volatile boolean isUp;
    private boolean wasReported;

    private Store(StoreConfig config, MeterRegistry meters) {
        this.config = config;
        HikariConfig pooling = pooling(config);
        pooling.setThreadFactory(daemons("undertone-store-pool"));
        this.pool = new HikariDataSource(pooling);
        this.workers = new ThreadPoolExecutor(
                CONNECTIONS,
                CONNECTIONS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MOST_WAITING),
                daemons("undertone-store"));
        workers.allowCoreThreadTimeOut(true);
        this.keeper = new ScheduledThreadPoolExecutor(1, daemons("undertone-store-keeper"));
        this.failures = Counter.builder("undertone.store.failures")
                .description("Reads and writes that the store did not do")
                .register(meters);
        Gauge.builder("undertone.store.up", this, store -> store.isUp ? 1 : 0)
                .description("1 while the store can be reached")
                .register(meters);
    }

    /** Opens a store. Returns at once, whether or not the database is there. */
    public static Store open(StoreConfig config, MeterRegistry meters) {
        Store store = new Store(config, meters);
        var unusedTending = store.keeper.scheduleWithFixedDelay(store::tend, 0, TEND_MILLIS, TimeUnit.MILLISECONDS);
        var unusedPurging =
                store.keeper.scheduleWithFixedDelay(store::purge, PURGE_MILLIS, PURGE_MILLIS, TimeUnit.MILLISECONDS);
        return store;
    }

    private static HikariConfig pooling(StoreConfig config) {
        HikariConfig pooling = new HikariConfig();
        pooling.setPoolName("undertone-store");
        // By name: in a WAR the driver manager does not see the application's drivers.
        pooling.setDriverClassName(config.isShared() ? "org.postgresql.Driver" : "org.h2.Driver");
        pooling.setJdbcUrl(config.url());
        pooling.setUsername(config.user());
        pooling.setPassword(config.password());
        pooling.setMaximumPoolSize(CONNECTIONS);
        pooling.setConnectionTimeout(config.isShared() ? GET_CONNECTION_MILLIS : OPEN_FILE_MILLIS);
        pooling.setValidationTimeout(GET_CONNECTION_MILLIS);
        // The database may come later.
        pooling.setInitializationFailTimeout(-1);
        pooling.setDataSourceProperties(config.isShared() ? Follower.networkLimits() : withoutTrace(config));
        return pooling;
    }

    /** H2 would write its troubles to the standard error, with stack traces; they are in the log already. */
    private static Properties withoutTrace(StoreConfig config) {
        Properties settings = new Properties();
        if (!config.url().contains(H2_TRACE)) {
            settings.setProperty(H2_TRACE, "0");
        }
        return settings;
    }

    private ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            threads.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
            threads.add(thread);
            return thread;
        };
    }

    /** Whether the database can be reached, and its tables are what this version works with. */
    public boolean isUp() {
        return isUp;
    }

    /** Whether other nodes may work with the same database. */
    boolean isShared() {
        return config.isShared();
    }

    /**
     * Does work soon.
     *
     * @return its result; ends with a {@link StoreLostException} or an {@link SQLException} if it could not be done
     */
    <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!isUp) {
            failures.increment();
            result.completeExceptionally(new StoreLostException("the store is lost"));
            return result;
        }
        try {
            workers.execute(() -> {
                try (Connection connection = pool.getConnection()) {
                    result.complete(work.with(connection));
                } catch (SQLException failure) {
                    failures.increment();
                    lost(failure);
                    result.completeExceptionally(failure);
                } catch (RuntimeException defect) {
                    failures.increment();
                    LOG.error("Work for the store failed", defect);
                    result.completeExceptionally(defect);
                }
            });
        } catch (RejectedExecutionException busyOrClosed) {
            failures.increment();
            result.completeExceptionally(new StoreLostException("the store is too busy, or closed"));
        }
        return result;
    }

    /** Does work each time that the database is found, the first time too; it must be safe to repeat. */
    void onArrival(Work<?> work) {
        // On the keeper's thread, so that no arrival falls between.
        keeper.execute(() -> {
            onArrival.add(work);
            if (isUp) {
                var unused = run(work);
            }
        });
    }

    /**
     * Reads what others wrote, again and again, whenever it may have changed.
     *
     * @param channel what whoever writes notifies; a plain name
     * @param catchUp reads everything new; it must be safe to repeat
     */
    void follow(String channel, Work<?> catchUp) {
        if (isShared()) {
            Follower follower = new Follower(config, channel, catchUp);
            followers.add(follower);
            follower.start();
        }
    }

    private void tend() {
        try (Connection connection = pool.getConnection()) {
            if (!isUp) {
                if (!isShared()) {
                    H2File.keepToOwner(connection);
                }
                Schema.migrate(connection, isShared());
                for (Work<?> work : onArrival) {
                    work.with(connection);
                }
                isUp = true;
                wasReported = false;
                LOG.info("The store is there");
            } else if (!connection.isValid(1)) {
                throw new SQLException("the connection is dead");
            }
        } catch (SQLException failure) {
            lost(failure);
        } catch (RuntimeException defect) {
            LOG.error("The store could not be tended", defect);
        }
    }

    private void purge() {
        if (isUp) {
            var unused = run(connection -> StoredVerdicts.purge(connection)
                    + StoredSightings.purge(connection)
                    + StoredInquiries.purge(connection)
                    + StoredSessions.purge(connection));
        }
    }

    private synchronized void lost(SQLException failure) {
        isUp = false;
        if (!wasReported) {
            wasReported = true;
            LOG.warn("The store is lost, everything goes on in memory until it is back: {}", why(failure));
        }
    }

    /** The innermost message: it says what the drivers and the pool around it do not. */
    private static String why(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Finishes what was begun, and closes all connections. */
    @Override
    public void close() {
        followers.forEach(Follower::close);
        keeper.shutdown();
        workers.shutdown();
        try {
            // Not interrupted: H2 closes a file on which a thread is.
            if (!workers.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)
                    || !keeper.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The store is closed although work on it has not ended");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        isUp = false;
        pool.close();
        awaitThreads();
    }

    /** An executor that ended may have threads that did not: a container would take them for forgotten. */
    private void awaitThreads() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
