package io.undertone.webapp.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private long now;
    private final BodyPace pace = new BodyPace(100, Duration.ofSeconds(10), () -> now);

    private boolean comesAfter(int seconds, long bytesBefore) {
        pace.await();
        now += Duration.ofSeconds(seconds).toNanos();
        return pace.isKept(bytesBefore);
    }

    @Test
    void whoBeginsSlowlyMayCatchUp() {
        assertThat(comesAfter(10, 0)).isTrue();
        assertThat(comesAfter(5, 500)).isTrue();
        assertThat(comesAfter(5, 1_000)).isTrue();
    }

    @Test
    void whoFallsBehindMayNotGoOn() {
        assertThat(comesAfter(10, 0)).isTrue();
        assertThat(comesAfter(5, 499)).isFalse();
    }

    @Test
    void whatTheUpstreamTakesIsNotTheClientsTime() {
        assertThat(comesAfter(10, 0)).isTrue();
        now += Duration.ofHours(1).toNanos();
        assertThat(pace.isKept(0)).isTrue();
        assertThat(comesAfter(1, 99)).isFalse();
    }

    @Test
    void whoIsWaitedForHasTheTimeOfWhatThereIsToTake() {
        pace.await();
        assertThat(pace.nanosLeft(500)).isEqualTo(Duration.ofSeconds(15).toNanos());
        now += Duration.ofSeconds(14).toNanos();
        assertThat(pace.nanosLeft(500)).isEqualTo(Duration.ofSeconds(1).toNanos());

        assertThat(pace.isKept(500)).isTrue();
        now += Duration.ofHours(1).toNanos();
        assertThat(pace.nanosLeft(500)).as("nobody is waited for").isEqualTo(Long.MAX_VALUE);

        pace.await();
        assertThat(pace.nanosLeft(700)).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void anyPaceIsGoodWhereNoneIsAsked() {
        BodyPace any = new BodyPace(0, Duration.ZERO, () -> now);
        any.await();
        now += Duration.ofHours(1).toNanos();

        assertThat(any.nanosLeft(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(any.isKept(0)).isTrue();
    }
}
