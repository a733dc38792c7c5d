package io.undertone.filters.payload;

import io.undertone.filters.keyword.Keyword;
import org.jspecify.annotations.Nullable;

/**
 * That a payload cannot be judged, and where that shows.
 *
 * @param offset how many bytes were read before the one that shows it; the payload's length where its end does
 * @param line the line of that byte, counted from 1
 * @param column its place in the line, in bytes counted from 1
 * @param stray the words that are no message's and carry a keyword, null for every other reason
 * @param mayPass whether {@link OnUnreadable#PASS} lets the rest through, because no keyword can be in it
 */
public record Unreadable(
        UnreadableReason reason,
        int offset,
        int line,
        int column,
        @Nullable Stray stray,
        boolean mayPass) {

    /**
     * Words that are no message's.
     *
     * @param words all that stands there, decoded
     * @param keyword what they carry
     */
    public record Stray(String words, Keyword keyword) {}
}
