/** Keys and certificates, as files that may change while the server runs. */
@NullMarked
package io.undertone.webapp.tls;

import org.jspecify.annotations.NullMarked;
