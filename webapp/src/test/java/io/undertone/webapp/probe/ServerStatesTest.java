package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerStatesTest {
    private static final EspOutcome ACCEPTED = new EspOutcome.Accepted();
    private static final EspOutcome NOT_FOUND = new EspOutcome.Fault("100", "not found");
    private static final EspOutcome NO_SERVER = new EspOutcome.NoServer("1", "Not found by type");
    private static final EspOutcome TIMED_OUT = new EspOutcome.TimedOut();

    private final ManualTime time = new ManualTime();
    private final ServerStates servers = new ServerStates(time.timing().ticker(), Duration.ofSeconds(10));
    private final List<CompletableFuture<EspOutcome>> sent = new ArrayList<>();

    @Test
    void ofTenThousandChatsOfADeadServerOneAsks() {
        List<CompletableFuture<EspOutcome>> chats = ask("A", 10_000);
        assertThat(sent).hasSize(1);

        sent.get(0).complete(NO_SERVER);

        assertThat(chats).allMatch(chat -> chat.getNow(ACCEPTED).equals(NO_SERVER));
        assertThat(ask("A", 1_000)).allMatch(CompletableFuture::isDone);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aServerThatComesBackIsNoticedWithinASecond() {
        ask("A", 1);
        sent.get(0).complete(NO_SERVER);
        time.advance(Duration.ofSeconds(1));

        List<CompletableFuture<EspOutcome>> chats = ask("A", 100);
        assertThat(sent).hasSize(2);
        sent.get(1).complete(NOT_FOUND);

        assertThat(sent).as("each chat asks for itself, some at a time").hasSize(2 + ServerState.MOST_AT_ONCE);
        assertThat(chats.stream().filter(CompletableFuture::isDone)).hasSize(1);
    }

    @Test
    void aFaultIsNeverShared() {
        List<CompletableFuture<EspOutcome>> chats = ask("A", 3);
        sent.get(0).complete(NOT_FOUND);
        sent.get(1).complete(ACCEPTED);
        sent.get(2).complete(NOT_FOUND);

        assertThat(chats).extracting(CompletableFuture::join).containsExactly(NOT_FOUND, ACCEPTED, NOT_FOUND);
    }

    @Test
    void oneDeadServerSaysNothingOfAnother() {
        ask("A", 1);
        sent.get(0).complete(NO_SERVER);

        assertThat(ask("B", 1)).noneMatch(CompletableFuture::isDone);
        assertThat(sent).hasSize(2);
    }

    @Test
    void requestsThatNameNoServerAreNeverAnsweredForOneAnother() {
        ask(null, 2);
        sent.get(0).complete(NO_SERVER);

        assertThat(ask(null, 1)).noneMatch(CompletableFuture::isDone);
        assertThat(sent).hasSize(3);
    }

    @Test
    void aSlowChatDoesNotHoldUpTheOthersOfItsServer() {
        ask("A", 1);
        sent.get(0).complete(ACCEPTED);

        List<CompletableFuture<EspOutcome>> chats = ask("A", 2);
        sent.get(2).complete(ACCEPTED);

        assertThat(chats).extracting(CompletableFuture::isDone).containsExactly(false, true);
    }

    @Test
    void someSilenceIsOneChatsAndMuchIsTheServers() {
        List<CompletableFuture<EspOutcome>> chats = ask("A", 1_000);
        for (int silence = 0; silence < ServerState.SILENCES_THAT_TELL; silence++) {
            assertThat(chats.get(999)).isNotDone();
            sent.get(silence).complete(TIMED_OUT);
        }

        assertThat(sent).hasSizeLessThan(ServerState.MOST_AT_ONCE + ServerState.SILENCES_THAT_TELL);
        assertThat(chats.get(999)).isCompletedWithValue(TIMED_OUT);
    }

    @Test
    void aDefectOfOneRequestIsNotTheOthers() {
        CompletableFuture<EspOutcome> broken = servers.ask("A", () -> {
                    throw new IllegalStateException("a defect");
                })
                .toCompletableFuture();

        assertThat(broken).isCompletedExceptionally();
        assertThat(servers.ask("A", () -> CompletableFuture.completedFuture(ACCEPTED))
                        .toCompletableFuture())
                .isCompletedWithValue(ACCEPTED);
    }

    @Test
    void answersThatAreThereAtOnceDoNotPileUp() {
        List<CompletableFuture<EspOutcome>> chats = ask("A", 100_000);
        for (int next = 0; next < sent.size(); next++) {
            sent.get(next).complete(ACCEPTED);
        }

        assertThat(chats).allMatch(CompletableFuture::isDone);
    }

    private List<CompletableFuture<EspOutcome>> ask(@Nullable String server, int chats) {
        List<CompletableFuture<EspOutcome>> answers = new ArrayList<>();
        for (int chat = 0; chat < chats; chat++) {
            answers.add(servers.ask(server, () -> {
                        CompletableFuture<EspOutcome> outcome = new CompletableFuture<>();
                        sent.add(outcome);
                        return outcome;
                    })
                    .toCompletableFuture());
        }
        return answers;
    }
}
