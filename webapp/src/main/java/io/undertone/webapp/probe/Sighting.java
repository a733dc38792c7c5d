package io.undertone.webapp.probe;

import java.time.Instant;

/**
 * A probe was cut out of what its customer was sent.
 *
 * @param seenAt when, by this node's clock
 */
record Sighting(Instant seenAt) {}
