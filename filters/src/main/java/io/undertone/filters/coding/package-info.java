/** Content codings (RFC 9110 section 8.4): coded bytes in, plain bytes out, and back, in pieces of any size. */
@NullMarked
package io.undertone.filters.coding;

import org.jspecify.annotations.NullMarked;
