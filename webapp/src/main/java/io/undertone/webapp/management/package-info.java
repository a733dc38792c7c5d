/** The side for workflows and administrators: who may, is it well, what it counts, what there is. */
@NullMarked
package io.undertone.webapp.management;

import org.jspecify.annotations.NullMarked;
