package io.undertone.filters.payload;

import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.Visibility;
import java.util.Map;

/** What one rule says of one message. */
public sealed interface Reason {
    /**
     * The dialect has such messages arrive whatever they say: words that carry a keyword are emptied.
     *
     * @param values what the message has that makes it one
     */
    record Exempt(Map<Field, String> values) implements Reason {}

    /**
     * It is of a participant that is hidden whole.
     *
     * @param value the nickname or the id that shows it, as the message spells it
     */
    record HiddenSender(Sign sign, String value) implements Reason {}

    /**
     * A keyword stands in it.
     *
     * @param field where
     * @param value all that stands there, decoded
     * @param standing what comes of it
     */
    record Carries(Keyword keyword, Field field, String value, Standing standing) implements Reason {}

    /**
     * It says itself who may see it.
     *
     * @param visibility what the dialect understands of that
     */
    record OwnVisibility(Visibility visibility) implements Reason {}

    /** What shows that a participant is a hidden one. */
    enum Sign {
        /** The sender's nickname. */
        NICKNAME,
        /** The nickname that the sender takes with this event. */
        RENAME,
        /** The sender's id: an event before this one showed whose it is. */
        KNOWN_ID
    }

    /** What comes of a keyword that was found. */
    enum Standing {
        /** It decides. */
        DECIDES,
        /** It counts, but what is stronger, or stands before it, decides. */
        OVERRULED,
        /** It does not count: its {@code from} leaves this sender out. */
        NOT_FROM_SENDER,
        /** It does not count: the sender is hidden whole anyway, or the dialect exempts the message and this one may be seen. */
        NOT_ASKED
    }
}
