package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes that are asked about one chat, and leave word for each other. */
class OtherNodesTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final EspOutcome ACCEPTED = new EspOutcome.Accepted();
    private static final EspOutcome NOT_FOUND = new EspOutcome.Fault("100", "not found");

    private final ManualTime time = new ManualTime();
    private final Map<String, Word> words = new HashMap<>();
    private EspOutcome outcome = NOT_FOUND;
    private OptionalLong answeredAt = OptionalLong.empty();
    private final Prober one = node("one", time.timing());
    private final Timing behind = behind(time.timing());
    private final Prober other = node("other", behind);

    /** A clock that somebody set wrong, and a ticker that began at another time. */
    private static Timing behind(Timing timing) {
        return new Timing(
                timing.scheduler(),
                Clock.offset(timing.clock(), Duration.ofMinutes(-5)),
                () -> timing.ticker().read() - Duration.ofDays(3).toNanos());
    }

    private record Word(String node, InquiryState state, long at) {}

    private Prober node(String name, Timing timing) {
        InquiryMemory memory = new InquiryMemory() {
            @Override
            public CompletionStage<Void> remember(String interactionId, InquiryState state) {
                words.put(interactionId, new Word(name, state, now()));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<Optional<InquiryState>> recall(String interactionId) {
                return CompletableFuture.completedFuture(Optional.ofNullable(words.get(interactionId))
                        .filter(word -> !word.node().equals(name))
                        .map(word -> word.state().after(Duration.ofNanos(now() - word.at()))));
            }
        };
        ProbeConfig config =
                ConfigReader.parse("probe: {url: 'http://is/'}", Map.of()).probe();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ProbeTransport transport = (interactionId, interaction) -> CompletableFuture.completedFuture(outcome);
        CustomerSide customers = new Customers();
        Inquiries inquiries = new Inquiries(
                transport,
                InteractionLookup.NONE,
                customers,
                new ProbeMemory(new LocalVerdictMemory(new BrokenMemory()), memory),
                config,
                timing,
                meters);
        return new Prober(inquiries, customers, config, timing, meters);
    }

    private long now() {
        return time.timing().ticker().read();
    }

    @Test
    void aLifeThatAPatientQuestionFoundOnAnotherServerKeepsAnyNodeFromStoppingTheChat() {
        outcome = ACCEPTED;
        assertThat(ask(one, "B", Mode.PATIENT).verdict()).isEqualTo(Verdict.ALIVE);

        outcome = NOT_FOUND;
        ask(other, "A", Mode.ONE_SHOT);
        time.advance(INTERVAL);
        ask(other, "A", Mode.ONE_SHOT);
        time.advance(INTERVAL);

        assertThat(ask(other, "A", Mode.ONE_SHOT).reason()).isEqualTo(Reason.MOVED);
    }

    @Test
    void faultsBeforeAPatientQuestionFoundTheChatAliveDoNotCountOnAnyNode() {
        ask(other, "A", Mode.ONE_SHOT);
        time.advance(INTERVAL);
        ask(other, "A", Mode.ONE_SHOT);
        time.advance(Duration.ofSeconds(1));
        outcome = ACCEPTED;
        assertThat(ask(one, "A", Mode.PATIENT).verdict()).isEqualTo(Verdict.ALIVE);

        outcome = NOT_FOUND;
        time.advance(INTERVAL);
        assertThat(ask(other, "A", Mode.ONE_SHOT).reason()).isEqualTo(Reason.ONE_FAULT_ONLY);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aCustomersAnswerCountsFromTheFirstAttemptOfWhicheverNode(int secondsAfter) {
        time.advance(INTERVAL);
        ask(one, "A", Mode.ONE_SHOT);
        answeredAt = OptionalLong.of(
                behind.ticker().read() + Duration.ofSeconds(secondsAfter).toNanos());
        time.advance(INTERVAL);
        ask(one, "A", Mode.ONE_SHOT);
        time.advance(INTERVAL);

        assertThat(ask(other, "A", Mode.ONE_SHOT).reason())
                .isEqualTo(secondsAfter > 0 ? Reason.CUSTOMER_ANSWERED : Reason.INTERACTION_NOT_FOUND);
    }

    private static ProbeAnswer ask(Prober node, String server, Mode mode) {
        CompletableFuture<ProbeAnswer> answer =
                node.probe(new ProbeRequest(ID, server, null, Map.of(), mode, null, null));
        assertThat(answer).isDone();
        return answer.join();
    }

    private final class Customers implements CustomerSide {
        @Override
        public boolean useSighting(String interactionId) {
            return false;
        }

        @Override
        public CompletableFuture<Sighting> nextSighting(String interactionId) {
            return new CompletableFuture<>();
        }

        @Override
        public Optional<CustomerSigns> signs(String interactionId) {
            return Optional.empty();
        }

        @Override
        public OptionalLong answeredAt(String interactionId) {
            return answeredAt;
        }
    }
}
