/**
 * The outage, replayed and counted. Time is simulated where it would be waited, real where it would be computed: chat
 * servers, veil, probes and verdicts are those of the product, and an hour takes seconds.
 */
@NullMarked
package io.undertone.server.drill;

import org.jspecify.annotations.NullMarked;
