package io.undertone.webapp.config;

/**
 * Where keywords, audit and verdicts are kept.
 *
 * @param url a JDBC URL
 */
public record StoreConfig(String url) {
    public static final StoreConfig DEFAULT = new StoreConfig("jdbc:h2:file:./data/undertone");
}
