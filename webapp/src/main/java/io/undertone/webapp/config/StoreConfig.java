package io.undertone.webapp.config;

import org.jspecify.annotations.Nullable;

/**
 * Where keywords, audit and verdicts are kept.
 *
 * @param url a JDBC URL of H2 or of PostgreSQL
 * @param user null for none, or for the one in the URL
 * @param password null for none, or for the one in the URL
 */
public record StoreConfig(
        String url, @Nullable String user, @Nullable String password) {
    public static final StoreConfig DEFAULT = new StoreConfig("jdbc:h2:file:./data/undertone", null, null);

    /** Whether several nodes can work with it at once. */
    public boolean isShared() {
        return url.startsWith(Values.POSTGRESQL);
    }

    /** Never shows the password, nor the URL, which may have one in it. */
    @Override
    public String toString() {
        return "StoreConfig[isShared=" + isShared() + ", user=" + user + "]";
    }
}
