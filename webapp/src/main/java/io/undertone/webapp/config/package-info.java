/** Records for undertone.yaml, its environment variables and flags; every error with its path. */
@NullMarked
package io.undertone.webapp.config;

import org.jspecify.annotations.NullMarked;
