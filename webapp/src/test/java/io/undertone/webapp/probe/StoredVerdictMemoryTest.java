package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.store.StoredVerdict;
import io.undertone.webapp.store.StoredVerdicts;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a real database: what one node remembered, as another recalls it. */
@Timeout(30)
class StoredVerdictMemoryTest {
    private static final Instant FELL = Instant.parse("2026-11-22T19:00:00Z");
    private static final RememberedVerdict GONE = new RememberedVerdict(
            "0006Ka9HFHRR0T2B",
            "A",
            Reason.INTERACTION_NOT_FOUND,
            "100",
            "interaction with specified id was not found",
            3,
            FELL,
            FELL.plusSeconds(300));

    private final SightingNode node = SightingNode.alone(Clock.systemUTC());
    private final StoredVerdicts stored = new StoredVerdicts(node.store());
    private final VerdictMemory here = new LocalVerdictMemory(new StoredVerdictMemory(stored));
    private final VerdictMemory elsewhere = new LocalVerdictMemory(new StoredVerdictMemory(stored));

    @BeforeEach
    void start() {
        await().until(node.store()::isUp);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anotherNodeRecallsWhatThisOneRemembered() {
        join(here.remember(GONE));

        assertThat(join(elsewhere.recall(GONE.interactionId(), "A", FELL))).contains(GONE);
        assertThat(join(elsewhere.recall(GONE.interactionId(), "A", GONE.expiresAt())))
                .isEmpty();
    }

    @Test
    void whoeverNamesAnotherServerMakesAllNodesForget() {
        join(here.remember(GONE));

        assertThat(join(elsewhere.recall(GONE.interactionId(), "B", FELL))).isEmpty();

        assertThat(join(elsewhere.recall(GONE.interactionId(), "A", FELL))).isEmpty();
        assertThat(join(here.recall(GONE.interactionId(), "A", FELL))).isEmpty();
    }

    @Test
    void whatOneNodeForgetsIsNotRecalled() {
        join(here.remember(GONE));
        join(here.forget(GONE.interactionId()));

        assertThat(join(here.recall(GONE.interactionId(), "A", FELL))).isEmpty();
        assertThat(join(elsewhere.recall(GONE.interactionId(), "A", FELL))).isEmpty();
    }

    @Test
    void whatAnotherNodeForgetsIsNotRecalledEither() {
        join(here.remember(GONE));
        assertThat(join(here.recall(GONE.interactionId(), "A", FELL))).isPresent();
        join(elsewhere.forget(GONE.interactionId()));

        assertThat(join(here.recall(GONE.interactionId(), "A", FELL))).isEmpty();
    }

    @Test
    void aReasonThatIsNotKnownIsNoVerdict() {
        join(stored.put(new StoredVerdict("x", "A", "haunted", "", "", 3, FELL, FELL.plusSeconds(300))));
        join(stored.put(new StoredVerdict("y", "A", "accepted", "", "", 3, FELL, FELL.plusSeconds(300))));

        assertThat(join(here.recall("x", "A", FELL))).isEqualTo(Optional.empty());
        assertThat(join(here.recall("y", "A", FELL))).isEqualTo(Optional.empty());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
