package io.undertone.server.drill;

import io.undertone.webapp.config.HaMode;
import java.time.Duration;

/**
 * What outage is replayed.
 *
 * @param chats how many live customers there are when it begins, half of them on the server that crashes
 * @param crashAfter when the chat server crashes; all customers are there by then
 * @param ha how the chat servers are made highly available
 * @param nodes how many nodes of Undertone there are
 * @param loseNode whether one of them dies while verdicts are under way, and stays dead
 * @param loseStore whether the nodes' common store is lost then
 * @param seed what customers and agents do follows from it
 */
public record DrillSettings(
        int chats, Duration crashAfter, HaMode ha, int nodes, boolean loseNode, boolean loseStore, long seed) {
    private static final int CHATS_PER_AGENT = 10;

    /** As many as are soon busy all of them. */
    int agents() {
        return Math.max(1, chats / CHATS_PER_AGENT);
    }

    /** How operators write the mode. */
    public static String wireName(HaMode ha) {
        return switch (ha) {
            case NONE -> "none";
            case WARM_STANDBY -> "warm-standby";
            case N_PLUS_1 -> "n+1";
        };
    }
}
