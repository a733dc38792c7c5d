package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.ProbeConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class ProberPropertyTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final CustomerSide UNSEEN = new CustomerSide() {
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
            return OptionalLong.empty();
        }
    };
    /** What is told of a server may be as old as this, whatever happened since. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /**
     * Something happens, time passes, and somebody asks.
     *
     * @param mode null when nobody does
     */
    record Step(
            ChatWorld.Event event, int seconds, @Nullable Mode mode) {}

    private final ChatWorld world = new ChatWorld();
    private final ManualTime time = new ManualTime();
    private final Prober prober = prober();
    private final List<String> wronglyStopped = new ArrayList<>();
    private @Nullable Instant aliveSince = time.instant();

    private Prober prober() {
        ProbeConfig config = ConfigReader.parse("probe: {url: 'http://is/', minGap: 30s}", Map.of())
                .probe();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InteractionLookup lookup = (interactionId, known) ->
                CompletableFuture.completedFuture(new Interaction(world.owner(), known.isOnline(), true));
        Inquiries inquiries = new Inquiries(world, lookup, UNSEEN, BrokenMemory.alone(), config, time.timing(), meters);
        return new Prober(inquiries, UNSEEN, config, time.timing(), meters);
    }

    @Property(tries = 3000)
    void aChatThatLivesIsNeverStoppedWhateverHappenedBefore(@ForAll("histories") List<Step> history) {
        history.forEach(this::play);
        time.advance(SHARED_FOR);

        if (world.isAlive()) {
            assertThat(ask(Mode.ONE_SHOT)).isCompletedWithValueMatching(ProbeAnswer::route);
            assertThat(patiently().route()).isTrue();
        }
        assertThat(wronglyStopped).isEmpty();
    }

    @Property(tries = 500)
    void aChatThatIsDeadForGoodIsStopped(@ForAll("histories") List<Step> history) {
        history.forEach(this::play);
        play(new Step(ChatWorld.Event.SPEECH, 1, null));
        play(new Step(ChatWorld.Event.CRASH, 120, null));

        assertThat(patiently().verdict()).isEqualTo(Verdict.UNREACHABLE);

        play(new Step(ChatWorld.Event.CONNECTION_BACK, 1, null));

        assertThat(patiently().verdict()).isEqualTo(Verdict.GONE);
        assertThat(wronglyStopped).isEmpty();
    }

    private void play(Step step) {
        world.happens(step.event());
        if (!world.isAlive()) {
            aliveSince = null;
        } else if (aliveSince == null) {
            aliveSince = time.instant();
        }
        time.advance(Duration.ofSeconds(step.seconds()));
        if (step.mode() != null) {
            var unused = ask(step.mode());
        }
    }

    private CompletableFuture<ProbeAnswer> ask(Mode mode) {
        CompletableFuture<ProbeAnswer> question =
                prober.probe(new ProbeRequest(ID, null, null, Map.of(), mode, null, null));
        return question.thenApply(answer -> {
            if (!answer.route()
                    && aliveSince != null
                    && !aliveSince.plus(SHARED_FOR).isAfter(time.instant())) {
                wronglyStopped.add(answer.toString());
            }
            return answer;
        });
    }

    private ProbeAnswer patiently() {
        CompletableFuture<ProbeAnswer> answer = ask(Mode.PATIENT);
        while (!answer.isDone()) {
            time.advance(time.untilNext().orElseThrow());
        }
        return answer.join();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(ChatWorld.Event.class),
                        Arbitraries.of(0, 1, 5, 10, 12, 40),
                        Arbitraries.of(Mode.ONE_SHOT, Mode.ONE_SHOT, Mode.PATIENT)
                                .injectNull(0.3))
                .as(Step::new)
                .list()
                .ofMaxSize(15);
    }
}
