/**
 * A contact centre in miniature, in memory, on real HTTP: two chat servers behind a GMS front that speaks REST and CometD,
 * an interaction server that takes ESP requests, an agent that answers, stored transcripts, switches to crash and restart
 * a chat server, and the customer's chat page.
 */
@NullMarked
package io.undertone.server.sandbox;

import org.jspecify.annotations.NullMarked;
