package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sessions that move, are restored, or are remembered: no chat that lives is stopped by what was true of it once. */
class RememberedSessionsTest extends OneShotScene {
    @Test
    void anInteractionThatNamesAnotherServerHasMovedAndIsAskedAboutAnew() {
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("B")).isEqualTo("moved moved route 2/3 retry 10000");
        assertThat(ask("B", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whoNamesTheServerThatASessionHasLeftStopsNoChatThatLivesOnAnother() {
        assertThat(ask("B", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).isEqualTo("moved moved route 3/3 retry 10000");
    }

    @Test
    void whatIsRememberedOfOneServerStopsNoChatThatLivesOnAnother() {
        stop(NOT_FOUND);
        assertThat(ask("B", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).contains(" route ");
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).contains(" route ");
    }

    @Test
    void anInteractionThatMovesWhileTheLastProbeIsUnderWayIsNotStopped() {
        String[] server = {"A"};
        InteractionLookup lookup =
                (interactionId, known) -> CompletableFuture.completedFuture(new Interaction(server[0], true, true));
        prober = prober("", lookup);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        CompletableFuture<ProbeAnswer> last = prober.probe(oneShot("A", null));
        server[0] = "B";
        held.get(0).complete(NOT_FOUND);

        assertThat(described(last.join())).isEqualTo("moved moved route 2/3 retry 10000");
        assertThat(ask("A", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
    }

    @Test
    void anInteractionThatCannotBeReadAfterTheLastProbeIsNotStopped() {
        boolean[] isReadable = {true};
        InteractionLookup lookup =
                (interactionId, known) -> CompletableFuture.completedFuture(isReadable[0] ? known : known.outdated());
        prober = prober("", lookup);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        ask("A", NO_SERVER);
        time.advance(INTERVAL);
        CompletableFuture<ProbeAnswer> last = prober.probe(oneShot("A", null));
        isReadable[0] = false;
        held.get(0).complete(NO_SERVER);

        assertThat(described(last.join())).isEqualTo("unknown lookup_failed route 3/3 retry 0");
    }

    @Test
    void whatIsRememberedEndsWhenTheSessionIsFoundAliveOnAnyServer() {
        stop(NOT_FOUND);
        ask("B", ACCEPTED);
        time.advance(Duration.ofMinutes(2));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void aLifeOfLongAgoOnAnotherServerKeepsNoChatFromBeingStopped() {
        ask("B", ACCEPTED);
        time.advance(Duration.ofMinutes(2));
        stop(NOT_FOUND);
    }

    @Test
    void goneIsRememberedAndBorneOutByOneProbe() {
        stop(NOT_FOUND);
        time.advance(Duration.ofMinutes(4));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @Test
    void whatIsRememberedOfASessionThatIsRestoredIsForgotten() {
        stop(NOT_FOUND);
        assertThat(ask("A", ACCEPTED)).isEqualTo("alive accepted route 1/3 retry 0");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatIsRememberedSaysNothingOfAnotherServer() {
        stop(NOT_FOUND);
        assertThat(ask("B", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whatIsRememberedExpires() {
        stop(NOT_FOUND);
        time.advance(Duration.ofMinutes(5));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void thatAServerWasDownIsNotRemembered() {
        stop(NO_SERVER);
        time.advance(Duration.ofSeconds(1));
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
        time.advance(INTERVAL);
        assertThat(ask("A", NO_SERVER)).isEqualTo("unknown answers_differ route 2/3 retry 10000");
    }

    @Test
    void anotherProcessCanBearOutWhatWasRemembered() {
        stop(NOT_FOUND);
        prober = prober("");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("gone interaction_not_found stop 3/3 retry 0 cached");
    }

    @Test
    void whatWouldStopAChatIsNeverToldWithoutAFreshProbe() {
        prober = prober("minGap: 5s, attempts: 2");
        ask("A", NOT_FOUND);
        time.advance(INTERVAL);
        assertThat(ask("A", NOT_FOUND)).startsWith("gone");
        assertThat(ask("A", ACCEPTED)).startsWith("alive");
    }

    @Test
    void aSightingEndsWhatIsRemembered() {
        stop(NOT_FOUND);
        sighted.add(ID);
        assertThat(ask("A")).startsWith("alive sighted");
        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }

    @Test
    void whoNamesAnotherServerMakesWhatIsRememberedOfTheFirstForgotten() {
        stop(NOT_FOUND);
        for (int attempt = 1; attempt <= 3; attempt++) {
            ask("B", new EspOutcome.TimedOut());
            time.advance(INTERVAL);
        }

        assertThat(ask("A", NOT_FOUND)).isEqualTo("unknown one_fault_only route 1/3 retry 10000");
    }
}
