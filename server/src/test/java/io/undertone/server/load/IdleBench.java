package io.undertone.server.load;

import io.undertone.server.load.Crowd.Waiting;
import io.undertone.server.load.ProxyProcess.Footprint;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A crowd waits, and vanishes at once: what each customer costs, and what stays behind.
 *
 * @param size how many customers
 */
record IdleBench(SocketLoop loop, Origin origin, int size) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * A proxy before the crowd came, while all wait, and when the last socket and exchange of theirs was gone.
     *
     * @param secondsToClear from the customers' end to that of the last socket
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
        Awaitility.await()
                .alias(candidate.contender() + " gives back its sockets: " + waiting.meaning())
                .atMost(PATIENCE)
                .until(() -> origin.held() == 0 && proxy.sockets() <= before.sockets());
        double seconds = (System.nanoTime() - begin) / 1e9;
        Awaitility.await()
                .alias(candidate.contender() + " forgets its exchanges: " + waiting.meaning())
                .atMost(PATIENCE)
                .until(() ->
                        proxy.footprint().heap().exchanges() <= before.heap().exchanges());
        return new Figures(before, there, proxy.footprint(), seconds);
    }
}
