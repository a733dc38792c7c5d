/** What judging costs, beside what others take for the same bytes. */
@NullMarked
package io.undertone.filters.benchmarks;

import org.jspecify.annotations.NullMarked;
