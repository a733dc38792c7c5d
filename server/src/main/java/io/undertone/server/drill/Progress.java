package io.undertone.server.drill;

import java.time.Duration;

/** Hears how far a drill has come. */
@FunctionalInterface
public interface Progress {
    /** How long all simulated time of a drill is. */
    Duration WHOLE = Hour.LENGTH.multipliedBy(2);

    /** It goes on: so much of {@link #WHOLE} has passed. */
    void at(Duration done);
}
