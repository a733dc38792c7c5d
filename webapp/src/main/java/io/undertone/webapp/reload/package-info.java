/** Files that may change while the server runs. */
@NullMarked
package io.undertone.webapp.reload;

import org.jspecify.annotations.NullMarked;
