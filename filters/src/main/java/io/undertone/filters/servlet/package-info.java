/** The engine as a servlet filter, for any Jakarta container. */
@NullMarked
package io.undertone.filters.servlet;

import org.jspecify.annotations.NullMarked;
