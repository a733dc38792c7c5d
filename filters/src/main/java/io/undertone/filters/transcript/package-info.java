/** Takes hidden events out of transcripts that are stored already. No servlet, no thread and no clock. */
@NullMarked
package io.undertone.filters.transcript;

import org.jspecify.annotations.NullMarked;
