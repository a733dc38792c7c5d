package io.undertone.webapp.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** A random secret that all nodes share: whichever comes first makes it. */
public final class StoredSecret {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int BYTES = 32;

    private StoredSecret() {}

    /**
     * Reads a secret as soon as the store is there, and again each time that it comes back.
     *
     * @param name what it is for
     * @param reader told of it, perhaps several times: 32 random bytes
     */
    public static void share(Store store, String name, Consumer<byte[]> reader) {
        store.onArrival(connection -> {
            Optional<byte[]> secret = read(connection, name);
            if (secret.isEmpty()) {
                make(connection, name);
                secret = read(connection, name);
            }
            secret.ifPresent(reader);
            return true;
        });
    }

    private static Optional<byte[]> read(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT secret FROM secrets WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Base64.getDecoder().decode(row.getString(1))) : Optional.empty();
            }
        }
    }

    private static void make(Connection connection, String name) throws SQLException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO secrets VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, Base64.getEncoder().encodeToString(secret));
            insert.executeUpdate();
        } catch (SQLException made) {
            // Another node was quicker: its secret counts.
            if (!UNIQUE_VIOLATION.equals(made.getSQLState())) {
                throw made;
            }
        }
    }
}
