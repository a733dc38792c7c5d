/** The servlet proxy: it carries, it never judges. */
@NullMarked
package io.undertone.webapp.proxy;

import org.jspecify.annotations.NullMarked;
