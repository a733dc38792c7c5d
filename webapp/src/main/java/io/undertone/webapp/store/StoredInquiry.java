package io.undertone.webapp.store;

import java.time.Duration;

/**
 * How far the questions about one interaction are, as one node told it.
 *
 * @param interactionId the interaction
 * @param node who told it
 * @param findings what was found, in the words of whoever asks
 * @param age how long ago that was, by the database's clock: those of nodes may differ
 */
public record StoredInquiry(String interactionId, String node, String findings, Duration age) {}
