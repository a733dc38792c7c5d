package io.undertone.server.command;

import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/**
 * What tells a process to stop: SIGTERM from whoever runs it, SIGINT from a keyboard. The JVM would answer by itself with exit
 * code 143; here the command ends in good order, and says 0. A second signal ends the process there and then.
 */
final class StopSignals {
    /** What a JVM says that was ended by SIGTERM. */
    private static final int ENDED_BY_FORCE = 143;

    private final CountDownLatch told = new CountDownLatch(1);

    /** Hears signals from now on. */
    StopSignals() {
        Signals.register("TERM", this::stop);
        Signals.register("INT", this::stop);
    }

    /** Returns when a signal has come. */
    void await() throws InterruptedException {
        told.await();
    }

    private void stop() {
        if (told.getCount() == 0) {
            Runtime.getRuntime().halt(ENDED_BY_FORCE);
        }
        told.countDown();
    }
}
