package io.undertone.webapp.probe;

import java.time.Instant;

/**
 * What a probe is known again by. Its number alone proves nothing; its text does.
 *
 * @param probe the probe's number, random, as 16 hexadecimal digits
 * @param interactionId the one interaction that the probe was made for
 * @param expiresAt from when on it proves nothing, in whole seconds
 */
record ProbeToken(String probe, String interactionId, Instant expiresAt) {}
