/** The start of the web application in a container that was there before. */
@NullMarked
package io.undertone.webapp.war;

import org.jspecify.annotations.NullMarked;
