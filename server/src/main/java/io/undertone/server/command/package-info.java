/** The command line: one class for each sub-command. */
@NullMarked
package io.undertone.server.command;

import org.jspecify.annotations.NullMarked;
