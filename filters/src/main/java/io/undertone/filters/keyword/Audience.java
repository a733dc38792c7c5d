package io.undertone.filters.keyword;

/** For whom a route speaks. */
public enum Audience {
    /** The customer of a web chat: sees {@link Visibility#ALL} alone. */
    CUSTOMER,
    /** An agent: sees {@link Visibility#ALL} and {@link Visibility#INT}. */
    AGENT,
    /** A supervisor: sees everything, tagged. */
    SUPERVISOR;

    /** Whether this audience may see a message of the given visibility. */
    public boolean maySee(Visibility visibility) {
        return switch (visibility) {
            case ALL -> true;
            case INT -> this != CUSTOMER;
            case VIP -> this == SUPERVISOR;
        };
    }
}
