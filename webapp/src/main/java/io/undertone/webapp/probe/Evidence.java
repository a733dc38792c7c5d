package io.undertone.webapp.probe;

import java.util.Locale;

/** What a verdict rests on. */
public enum Evidence {
    /** The customer was sent the probe, and the veil saw it: {@link Verdict#ALIVE}. */
    CUSTOMER,
    /** A server's own answer to a probe: {@link Verdict#ALIVE}, {@link Verdict#GONE}, {@link Verdict#UNREACHABLE}. */
    SERVER,
    /** The interaction's user data: {@link Verdict#OFFLINE}, {@link Verdict#MOVED}. */
    INTERACTION,
    /** Nothing that would stand: {@link Verdict#UNKNOWN}. */
    NONE;

    /** The word in answers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
