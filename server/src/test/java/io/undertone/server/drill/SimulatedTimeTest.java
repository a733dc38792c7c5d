package io.undertone.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {
    private final SimulatedTime time = new SimulatedTime();
    private final List<String> events = new ArrayList<>();

    @Test
    void whatIsDueFirstHappensFirstAndAtItsTime() {
        at(Duration.ofMinutes(2), "late");
        at(Duration.ofSeconds(1), "early");
        at(Duration.ofSeconds(1), "right after");

        time.runFor(Duration.ofHours(1));

        assertThat(events).containsExactly("early PT1S", "right after PT1S", "late PT2M");
        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void nothingHappensBeforeItsTime() {
        at(Duration.ofSeconds(10), "later");

        time.runFor(Duration.ofSeconds(9));

        assertThat(events).isEmpty();
    }

    @Test
    void whatATaskSchedulesHappensWithinTheSameTime() {
        var unused = time.after(Duration.ofSeconds(1), () -> at(Duration.ofSeconds(1), "child"));

        time.runFor(Duration.ofSeconds(2));

        assertThat(events).containsExactly("child PT2S");
    }

    @Test
    void whatIsCancelledDoesNotHappen() {
        ScheduledFuture<?> task = time.after(Duration.ofSeconds(1), () -> events.add("never"));
        task.cancel(false);

        time.runFor(Duration.ofMinutes(1));

        assertThat(events).isEmpty();
    }

    @Test
    void clockTickerAndDelaysTellTheSameTime() {
        Instant start = time.clock().instant();
        ScheduledFuture<?> task = time.after(Duration.ofMinutes(5), () -> {});

        time.runFor(Duration.ofMinutes(3));

        assertThat(time.clock().instant()).isEqualTo(start.plus(Duration.ofMinutes(3)));
        assertThat(time.timing().ticker().read())
                .isEqualTo(Duration.ofMinutes(3).toNanos());
        assertThat(task.getDelay(TimeUnit.SECONDS)).isEqualTo(120);
    }

    @Test
    void aTaskThatFailsIsNotPassedOver() {
        time.execute(() -> {
            throw new IllegalArgumentException("broken");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> time.runFor(Duration.ofSeconds(1)))
                .withRootCauseExactlyInstanceOf(IllegalArgumentException.class);
    }

    private void at(Duration delay, String event) {
        var unused = time.after(delay, () -> events.add(event + " " + time.elapsed()));
    }
}
