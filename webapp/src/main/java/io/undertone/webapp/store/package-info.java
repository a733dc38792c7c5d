/** Where what several nodes must know is kept: by JDBC, in an H2 file for one node, in PostgreSQL for several. */
@NullMarked
package io.undertone.webapp.store;

import org.jspecify.annotations.NullMarked;
