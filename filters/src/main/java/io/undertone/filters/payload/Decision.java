package io.undertone.filters.payload;

import io.undertone.filters.keyword.Visibility;

/** What becomes of a message. The same message, keywords, audience and chat make the same decision. */
public sealed interface Decision {
    /** It goes out as it is. */
    record Deliver() implements Decision {}

    /**
     * The audience does not get to see it.
     *
     * @param keywordId what hides it
     * @param tag the visibility that it has instead
     * @param hiding how it is kept from the audience
     */
    record Hide(String keywordId, Visibility tag, Hiding hiding) implements Decision {}

    /**
     * The audience sees it, and that others do not.
     *
     * @param visibility what it is tagged with
     */
    record Tag(Visibility visibility) implements Decision {}

    Deliver DELIVER = new Deliver();
}
