package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/**
 * All that tells the time.
 *
 * @param scheduler starts what is to happen later; whoever made it shuts it down
 * @param clock what time it is, for what is written down
 * @param ticker how much time passed, in nanoseconds, for what is waited for; unlike the clock it is never set
 */
public record Timing(ScheduledExecutorService scheduler, Clock clock, Ticker ticker) {
    /** The time of the machine. */
    public static Timing system(ScheduledExecutorService scheduler) {
        return new Timing(scheduler, Clock.systemUTC(), Ticker.systemTicker());
    }
}
