package io.undertone.server.load;

import io.undertone.server.load.Crowd.Waiting;
import io.undertone.server.load.ProxyProcess.Footprint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * A crowd waits, and vanishes at once: what each customer costs, and what stays behind.
 *
 * @param size how many customers
 */
record IdleBench(SocketLoop loop, Origin origin, int size) {
    /** More than an upstream's connection is kept that nobody uses: one may have been opened for a customer who was gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    /** So many of a thousand may be left when the crowd counts as cleared, as connections that nobody uses. */
    private static final int SPARE_PER_MILLE = 1;

    /**
     * A proxy before the crowd came, while all wait, and when the last socket and exchange of theirs was gone.
     *
     * @param secondsToClear from the customers' end to that of their sockets, but for spare ones
     */
    record Figures(Footprint before, Footprint waiting, Footprint after, double secondsToClear) {}

    /** @throws org.awaitility.core.ConditionTimeoutException if not all get in, or sockets or exchanges are left behind */
    Figures measure(Candidate candidate, ProxyProcess proxy, Waiting waiting) throws IOException {
        Footprint before = proxy.footprint();
        Crowd crowd = Crowd.gather(loop, candidate.port(), waiting, size, origin);
        Footprint there = proxy.footprint();
        long begin = System.nanoTime();
        crowd.vanish();
        if (waiting == Waiting.POLL) {
            // A chat server does not know that nobody listens.
            origin.answerHeld();
        }
        int spare = size * SPARE_PER_MILLE / 1_000;
        String who = candidate.contender() + ", " + waiting.meaning();
        await(
                who + ": gives back its sockets",
                () -> origin.held() == 0 && proxy.sockets() <= before.sockets() + spare);
        double seconds = (System.nanoTime() - begin) / 1e9;
        await(who + ": keeps no spare socket", () -> proxy.sockets() <= before.sockets());
        await(
                who + ": forgets its exchanges",
                () -> proxy.footprint().heap().exchanges() <= before.heap().exchanges());
        return new Figures(before, there, proxy.footprint(), seconds);
    }

    private static void await(String what, Callable<Boolean> isSo) {
        Awaitility.await().alias(what).atMost(PATIENCE).until(isSo);
    }
}
