/** The engine: bytes in, bytes out, hidden messages reported. No servlet, no thread and no clock. */
@NullMarked
package io.undertone.filters.payload;

import org.jspecify.annotations.NullMarked;
