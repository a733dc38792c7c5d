package io.undertone.webapp.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who waits between two attempts. */
public enum Mode {
    /** The workflow does: one attempt at the most, answered at once with what is known so far. */
    ONE_SHOT(Duration.ofSeconds(1)),
    /** We do: the answer comes when the verdict stands. */
    PATIENT(null);

    private final @Nullable Duration timeout;

    Mode(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /** When an answer comes at the latest unless the caller says otherwise, null when the attempts alone bound it. */
    @Nullable
    Duration timeout() {
        return timeout;
    }
}
