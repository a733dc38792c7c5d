package io.undertone.server.drill;

import java.time.Duration;
import java.util.Random;

/**
 * What one customer will do, and their agent: the same without Undertone and with it.
 *
 * @param arrival when the chat is opened
 * @param pollEvery how often the browser asks for news
 * @param stays whether they wait when their chat stops answering; others close the browser
 * @param handling how long an agent takes for their question
 * @param slowness how late their session comes back, among those that do: from 0 to less than 1
 */
record Persona(Duration arrival, Duration pollEvery, boolean stays, Duration handling, double slowness) {
    private static final double SHARE_THAT_STAYS = 0.6;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** @param lastArrival all arrive before */
    static Persona of(long seed, int number, Duration lastArrival) {
        Random random = new Random(seed + number * SPREAD);
        return new Persona(
                Duration.ofMillis((long) (random.nextDouble() * lastArrival.toMillis())),
                Duration.ofMillis(3_000 + random.nextInt(2_001)),
                random.nextDouble() < SHARE_THAT_STAYS,
                Duration.ofSeconds(180 + random.nextInt(361)),
                random.nextDouble());
    }
}
