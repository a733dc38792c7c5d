package io.undertone.server.sandbox;

import io.undertone.filters.keyword.Visibility;
import java.time.Instant;

/**
 * One row of a transcript.
 *
 * @param index its position in the session, from 1; every event has one, also those that a customer is never sent
 * @param from the participant as it was called then
 */
record ChatEvent(int index, EventType type, Participant from, Content content, Visibility visibility, Instant at) {}
