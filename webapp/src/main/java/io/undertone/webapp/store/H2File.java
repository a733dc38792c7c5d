package io.undertone.webapp.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The file of an H2 database. The secret that tokens are made with stands in it. */
final class H2File {
    private static final String SUFFIX = ".mv.db";

    private H2File() {}

    /** Lets nobody but its owner read it; a database in memory has none. */
    static void keepToOwner(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet path = statement.executeQuery("CALL DATABASE_PATH()")) {
            if (path.next() && path.getString(1) != null) {
                keepToOwner(Path.of(path.getString(1) + SUFFIX));
            }
        }
    }

    private static void keepToOwner(Path file) throws SQLException {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null && Files.exists(file)) {
                posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException failure) {
            throw new SQLException("cannot keep others from reading " + file, failure);
        }
    }
}
