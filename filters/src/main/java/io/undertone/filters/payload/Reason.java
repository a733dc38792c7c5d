package io.undertone.filters.payload;

import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Keyword;
import java.util.Map;

/** What one rule says of one message. */
public sealed interface Reason {
    /**
     * The dialect has such messages delivered whatever they say.
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
        /** It counts, but a keyword that is stronger, or stands before it, decides. */
        OVERRULED,
        /** It does not count: its {@code from} leaves this sender out. */
        NOT_FROM_SENDER,
        /** It does not count: the dialect exempts the message, or the sender is hidden whole anyway. */
        NOT_ASKED
    }
}
