package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the questions about one interaction are.
 *
 * @param attempts those that count for the next verdict, oldest first; none of them shows that the session is there; by a
 *     ticker that stood at zero at the change
 * @param sinceChange how long ago the last of them ended, or how long ago counting began anew
 * @param proof the last attempt that showed that the session is there, null when there was none
 * @param sinceProof how long ago that was, zero when there was none
 */
public record InquiryState(
        List<Attempt> attempts,
        Duration sinceChange,
        @Nullable Attempt proof,
        Duration sinceProof) {
    public InquiryState {
        attempts = List.copyOf(attempts);
    }

    /** The same, so much later. */
    public InquiryState after(Duration time) {
        return new InquiryState(
                attempts, sinceChange.plus(time), proof, proof == null ? Duration.ZERO : sinceProof.plus(time));
    }
}
