package io.undertone.webapp.config;

import java.time.Duration;

/**
 * How the chat servers are made highly available, and with it how long an outage is waited out unless the configuration
 * says otherwise. The modes are those of the vendor's deployment guide for chat high availability.
 */
public enum HaMode {
    /** A session ends with its server: one retry is enough, and one is to spare. */
    NONE(3, Duration.ofSeconds(10)),
    /** A backup takes over, and restores sessions as their customers ask for them. */
    WARM_STANDBY(4, Duration.ofSeconds(10)),
    /** Another instance restores a session once its customer's web application noticed that the first is gone. */
    N_PLUS_1(4, Duration.ofSeconds(15));

    private final int attempts;
    private final Duration interval;

    HaMode(int attempts, Duration interval) {
        this.attempts = attempts;
        this.interval = interval;
    }

    /** How often a server is asked. */
    public int attempts() {
        return attempts;
    }

    /** The time between two attempts. */
    public Duration interval() {
        return interval;
    }

    /** Whether a session may live on in another server than the one that the workflow knew. */
    public boolean restoresSessions() {
        return this != NONE;
    }
}
