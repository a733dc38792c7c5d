/** A load driver: proxies side by side under the same load, what they cost, and what a crowd leaves behind. Start at LoadRun. */
@NullMarked
package io.undertone.server.load;

import org.jspecify.annotations.NullMarked;
