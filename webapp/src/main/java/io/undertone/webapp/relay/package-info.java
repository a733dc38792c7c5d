/** The WebSocket relay: it carries messages, it never judges. Start at RelayFilter, then Relay. */
@NullMarked
package io.undertone.webapp.relay;

import org.jspecify.annotations.NullMarked;
