/** Where messages stand in a payload of a chat system, and how to take one out: data, not code. */
@NullMarked
package io.undertone.filters.dialect;

import org.jspecify.annotations.NullMarked;
