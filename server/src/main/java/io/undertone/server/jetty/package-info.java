/** Jetty: two listeners, one servlet context behind each. */
@NullMarked
package io.undertone.server.jetty;

import org.jspecify.annotations.NullMarked;
