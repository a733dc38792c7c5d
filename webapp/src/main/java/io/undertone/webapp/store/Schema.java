package io.undertone.webapp.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Brings a database to the tables that this version works with: numbered scripts, {@code 001.sql} and on, each run once, in
 * their order. Their statements end with a semicolon at the end of a line.
 */
final class Schema {
    /** Any number that nobody else in the database locks by. */
    private static final long LOCK = 0x756e646572746f6eL;

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\\R");

    private Schema() {}

    /**
     * Runs the scripts that the database has not seen. Of several nodes that start at once, one does and the others wait.
     *
     * @throws SQLException if the database was brought further by a newer version, or cannot be reached; nothing of a script
     *     that fails stays in PostgreSQL
     */
    static void migrate(Connection connection, boolean isShared) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (isShared) {
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            }
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
            run(connection, version(statement), scripts());
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void run(Connection connection, int version, List<String> scripts) throws SQLException {
        if (version > scripts.size()) {
            throw new SQLException(
                    "its tables are of version %d, and this Undertone knows them up to %d: start a newer one"
                            .formatted(version, scripts.size()));
        }
        for (int next = version + 1; next <= scripts.size(); next++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements(scripts.get(next - 1))) {
                    statement.execute(sql);
                }
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO schema_version VALUES (?)")) {
                insert.setInt(1, next);
                insert.executeUpdate();
            }
        }
    }

    private static List<String> statements(String script) {
        return END_OF_STATEMENT
                .splitAsStream(script)
                .filter(sql -> !sql.isBlank())
                .toList();
    }

    private static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        Optional<String> next = script(1);
        while (next.isPresent()) {
            scripts.add(next.get());
            next = script(scripts.size() + 1);
        }
        return scripts;
    }

    private static Optional<String> script(int number) {
        try (InputStream script = Schema.class.getResourceAsStream("%03d.sql".formatted(number))) {
            return script == null
                    ? Optional.empty()
                    : Optional.of(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new IllegalStateException("script %03d.sql cannot be read".formatted(number), unreadable);
        }
    }
}
