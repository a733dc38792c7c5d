/** What all pages of the management side have in common: their frame, their style and their headers. */
@NullMarked
package io.undertone.webapp.page;

import org.jspecify.annotations.NullMarked;
