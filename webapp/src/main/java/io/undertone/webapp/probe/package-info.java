/** The probe: one dummy message into one chat, and the verdict that a workflow is told. */
@NullMarked
package io.undertone.webapp.probe;

import org.jspecify.annotations.NullMarked;
