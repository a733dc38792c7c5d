package io.undertone.filters.payload;

import java.util.Locale;

/** Why a payload could not be judged. */
public enum UnreadableReason {
    /** The bytes are not JSON as RFC 8259 has it. */
    NOT_JSON,
    /** The bytes are not UTF-8, or their declared charset is another one. */
    NOT_UTF8,
    /** The payload begins with a byte order mark. */
    BYTE_ORDER_MARK,
    /** The payload ended in the middle. */
    TRUNCATED,
    /** Only a part of the payload was sent: status 206. */
    PARTIAL,
    /** Something follows the document. */
    TRAILING_CONTENT,
    /** Objects and arrays stand in one another more than {@link Nesting#MAX_DEPTH} deep. */
    NESTED_TOO_DEEP,
    /** One message is larger than the limit. */
    MESSAGE_TOO_LARGE,
    /** A keyword stands where the dialect knows of no message. */
    KEYWORD_OUTSIDE_MESSAGES,
    /** The payload is of no known type, and a keyword may be in it. */
    UNKNOWN_TYPE,
    /** The content coding is none that can be read, or the coded bytes are damaged. */
    UNREADABLE_CODING,
    /** The coded bytes grow beyond all measure when they are decoded. */
    DECODES_TOO_LARGE;

    /** The reason as a metric's tag or a log line has it, in lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
