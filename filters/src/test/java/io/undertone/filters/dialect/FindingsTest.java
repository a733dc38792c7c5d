package io.undertone.filters.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final AtomicInteger found = new AtomicInteger();
    private final Findings<Integer> lengths = new Findings<>(path -> {
        found.incrementAndGet();
        return path.length();
    });

    @Test
    void aPathIsFoundOutAboutOnce() {
        assertThat(lengths.of("/chat")).isEqualTo(5);
        assertThat(lengths.of("/chat")).isEqualTo(5);

        assertThat(found).hasValue(1);
    }

    @Test
    void aLongPathTakesNoMemory() {
        lengths.of("/".repeat(201));
        lengths.of("/".repeat(201));

        assertThat(found).hasValue(2);
    }

    @Test
    void soManyPathsAreForgottenAndFoundAgain() {
        IntStream.rangeClosed(0, 10_000).forEach(number -> lengths.of("/" + number));

        assertThat(lengths.of("/0")).isEqualTo(2);
        assertThat(found).hasValue(10_002);
    }
}
