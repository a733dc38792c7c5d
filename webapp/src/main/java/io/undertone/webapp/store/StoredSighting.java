package io.undertone.webapp.store;

import java.time.Duration;

/**
 * A sighting of a probe, told from node to node.
 *
 * @param probe the probe's number, which alone proves nothing
 * @param interactionId the interaction that the probe was made for
 * @param age how long ago it was seen, by the database's clock, so that the nodes' clocks need not agree
 */
public record StoredSighting(String probe, String interactionId, Duration age) {}
