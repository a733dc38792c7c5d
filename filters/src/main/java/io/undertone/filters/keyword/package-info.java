/** Administrators' keywords, compiled into one immutable set, and the words for who sends and who may see. */
@NullMarked
package io.undertone.filters.keyword;

import org.jspecify.annotations.NullMarked;
