package io.undertone.webapp.config;

import java.time.Duration;

/**
 * How often one address may ask; as many at once, if it was silent before.
 *
 * @param requests at least one
 * @param period in which they may come
 */
public record RequestRate(int requests, Duration period) {}
