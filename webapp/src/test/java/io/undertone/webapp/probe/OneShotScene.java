package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A prober, and a chat server that answers as it is told: what questions about one chat are made of. */
abstract class OneShotScene {
    static final String ID = "0006Ka9HFHRR0T2B";
    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final EspOutcome ACCEPTED = new EspOutcome.Accepted();
    static final EspOutcome NOT_FOUND = new EspOutcome.Fault("100", "not found");
    static final EspOutcome NO_SERVER = new EspOutcome.NoServer("1", "Not found by type");
    static final EspOutcome TIMED_OUT = new EspOutcome.TimedOut();

    final ManualTime time = new ManualTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final LocalVerdictMemory memory = new LocalVerdictMemory(new BrokenMemory());
    final Deque<EspOutcome> outcomes = new ArrayDeque<>();
    final List<CompletableFuture<EspOutcome>> held = new ArrayList<>();
    final Set<String> sighted = new HashSet<>();

    OptionalLong answeredAt = OptionalLong.empty();

    Prober prober = prober("");

    Prober prober(String options) {
        return prober(options, InteractionLookup.NONE);
    }

    Prober prober(String options, InteractionLookup lookup) {
        ProbeConfig config = ConfigReader.parse("probe: {url: 'http://is/', %s}".formatted(options), Map.of())
                .probe();
        ProbeTransport transport = (interactionId, interaction) -> {
            CompletableFuture<EspOutcome> outcome = new CompletableFuture<>();
            if (outcomes.isEmpty()) {
                held.add(outcome);
            } else {
                outcome.complete(outcomes.remove());
            }
            return outcome;
        };
        Inquiries inquiries = new Inquiries(
                transport,
                lookup,
                customers(),
                new ProbeMemory(memory, InquiryMemory.NONE),
                config,
                time.timing(),
                meters);
        return new Prober(inquiries, customers(), config, time.timing(), meters);
    }

    void stop(EspOutcome outcome) {
        ask("A", outcome);
        time.advance(INTERVAL);
        ask("A", outcome);
        time.advance(INTERVAL);
        assertThat(ask("A", outcome)).contains(" stop 3/3 retry 0");
    }

    /** The chat system tells the customer that the chat goes on. */
    void answerCustomer() {
        answeredAt = OptionalLong.of(time.timing().ticker().read());
    }

    String ask(String server, EspOutcome... next) {
        outcomes.addAll(List.of(next));
        return described(answer(server, null));
    }

    ProbeAnswer answerTo(String server, EspOutcome next) {
        outcomes.add(next);
        return answer(server, null);
    }

    ProbeAnswer answer(String server, @Nullable Integer attempt) {
        CompletableFuture<ProbeAnswer> answer = prober.probe(oneShot(server, attempt));
        assertThat(answer).isDone();
        return answer.join();
    }

    CustomerSide customers() {
        return new CustomerSide() {
            @Override
            public boolean useSighting(String interactionId) {
                return sighted.remove(interactionId);
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
        };
    }

    static ProbeRequest oneShot(String server, @Nullable Integer attempt) {
        return new ProbeRequest(ID, server, null, Map.of(), Mode.ONE_SHOT, null, attempt);
    }

    static String described(ProbeAnswer answer) {
        Map<String, Object> fields = answer.fields();
        return "%s %s %s %s/%s retry %s%s"
                .formatted(
                        fields.get("verdict"),
                        fields.get("reason"),
                        answer.route() ? "route" : "stop",
                        fields.get("attempt"),
                        fields.get("attempts_max"),
                        fields.get("retry_after_ms"),
                        answer.cached() ? " cached" : "");
    }
}
