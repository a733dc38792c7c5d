package io.undertone.webapp.probe;

import static io.undertone.webapp.probe.InteractionServerStandIn.json;
import static io.undertone.webapp.probe.InteractionServerStandIn.status;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ProbeConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What operators read in the log of each verdict. */
@Timeout(30)
class ProbeLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Prober.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ImpatientScheduler scheduler = new ImpatientScheduler();
    private final SightingNode sightings = SightingNode.alone(Clock.systemUTC());

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        scheduler.shutdownNow();
        sightings.close();
    }

    static Stream<Arguments> lastAttempts() {
        return Stream.of(
                Arguments.of(
                        json(InteractionServerStandIn.ACCEPTED),
                        "alive, accepted, 1 of 3 attempts, last: the server took the probe"),
                Arguments.of(
                        json(InteractionServerStandIn.NOT_FOUND),
                        "gone, interaction_not_found, 3 of 3 attempts, last: fault 100: interaction with specified id was not found"),
                Arguments.of(
                        json(InteractionServerStandIn.NO_SERVER),
                        "unreachable, no_chat_server, 3 of 3 attempts, last: no chat server took it: Not found by type"),
                Arguments.of(
                        status(500, ""),
                        "unknown, transport_failed, 3 of 3 attempts, last: not sent, or not understood (HTTP status 500)"));
    }

    @ParameterizedTest
    @MethodSource("lastAttempts")
    void itSaysInWordsHowTheLastAttemptEnded(InteractionServerStandIn.Step step, String told) throws IOException {
        try (InteractionServerStandIn server = new InteractionServerStandIn()) {
            server.answersProbesWith(step);

            assertThat(logged(server.config())).isEqualTo("Probed ixn: " + told);
        }
    }

    @Test
    void itSaysThatNoneWasSent() {
        assertThat(logged(ProbeConfig.DEFAULT))
                .isEqualTo("Probed ixn: unknown, not_configured, 0 of 3 attempts, last: none");
    }

    private String logged(ProbeConfig config) {
        Prober.of(
                        config,
                        sightings.sightings(),
                        BrokenMemory.alone(),
                        scheduler.timing(Clock.systemUTC()),
                        new SimpleMeterRegistry())
                .probe(new ProbeRequest("ixn", "A", null))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(lines.list).hasSize(1);
        return lines.list.get(0).getFormattedMessage();
    }
}
