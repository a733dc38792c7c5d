package io.undertone.webapp.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an interaction counts whole, or not at all. */
class HttpInteractionLookupTest {
    private static final Set<String> ADDRESS = Set.of("ChatServerHost", "ChatServerPort");
    private static final Interaction KNOWN =
            new Interaction("A", true, true, Map.of("ChatServerHost", "old", "ChatServerPort", "1"));

    private static Interaction read(String reply) throws Exception {
        try (InteractionServerStandIn server = new InteractionServerStandIn()) {
            server.answersLookupsWith(InteractionServerStandIn.json(reply));
            HttpInteractionLookup lookup = new HttpInteractionLookup(
                    server.url("/interactions/") + "{InteractionId}",
                    new BoundedHttp(Duration.ofSeconds(20)),
                    ADDRESS,
                    ADDRESS);
            return lookup.read("0003", KNOWN).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aWholeAddressIsBelieved() throws Exception {
        Interaction now = read(
                "{\"InteractionId\":\"0003\",\"ChatServerAppName\":\"B\",\"ChatServerHost\":\"new\",\"ChatServerPort\":\"2\"}");

        assertThat(now.current()).isTrue();
        assertThat(now.server()).isEqualTo("B new:2");
        assertThat(now.movedSince(KNOWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ChatServerAppName\":\"B\",\"ChatServerHost\":\"new\"}",
                "{\"ChatServerAppName\":\"B\",\"ChatServerHost\":\"new\",\"ChatServerPort\":\" \"}",
                "{\"ChatServerAppName\":\"B\"}",
                "{\"ChatServerAppName\":\"B\",\"ChatServerAppName\":\"A\",\"ChatServerHost\":\"h\",\"ChatServerPort\":\"2\"}",
                "{\"InteractionId\":\"0004\",\"ChatServerAppName\":\"B\",\"ChatServerHost\":\"h\",\"ChatServerPort\":\"2\"}",
                "[]",
            })
    void aPartOfOneOrAnothersIsNot(String reply) throws Exception {
        assertThat(read(reply).current()).isFalse();
    }

    @Test
    void ofAnothersReplyNothingIsTaken() throws Exception {
        Interaction now = read("{\"InteractionId\":\"0004\",\"ChatServerAppName\":\"B\",\"IsOnline\":\"0\"}");

        assertThat(now).isEqualTo(KNOWN.outdated());
    }
}
