/** The web application: what the public side and the management side are made of, and how they are put together. */
@NullMarked
package io.undertone.webapp;

import org.jspecify.annotations.NullMarked;
