package io.undertone.webapp.probe;

/** Makes the text that a new probe says. Implementations are thread-safe. */
@FunctionalInterface
interface ProbeText {
    /** A text that no probe said before, for a probe into that interaction's chat. */
    String next(String interactionId);
}
