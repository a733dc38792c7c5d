package io.undertone.webapp.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a connection, which is in auto-commit mode and belongs to the store. */
@FunctionalInterface
interface Work<T> {
    T with(Connection connection) throws SQLException;
}
