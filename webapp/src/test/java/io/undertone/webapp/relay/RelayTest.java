package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A socket through Undertone is as a direct one, whoever made the client, the chat server and the container. */
class RelayTest extends SocketTest {
    static Stream<Arguments> everyone() {
        return Stream.of(Container.values())
                .flatMap(proxy -> Stream.of(SocketClient.values()).flatMap(client -> Stream.of(Container.values())
                        .map(upstream -> Arguments.of(proxy, client, upstream))));
    }

    private interface Conversation {
        List<String> with(SocketClient.Talk talk) throws Exception;
    }

    private void sameAsDirect(Container proxy, SocketClient client, Container upstream, Conversation conversation)
            throws Exception {
        URI direct = startServer(upstream);
        URI through = startProxy(proxy, direct, "auto", "");

        List<String> saidDirectly = conversation.with(open(client, direct, "/talk"));
        String closedDirectly = server.closes.poll(20, TimeUnit.SECONDS);
        List<String> saidThrough = conversation.with(open(client, through, "/talk"));

        assertThat(saidThrough).isEqualTo(saidDirectly);
        // Not its reason: who answers a close need not repeat it.
        assertThat(code(server.closes.poll(20, TimeUnit.SECONDS))).isEqualTo(code(closedDirectly));
        await().untilAsserted(() -> assertThat(openSockets()).isZero());
    }

    private static String code(@Nullable String close) {
        return String.valueOf(close).split(" ", 2)[0];
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void aConversationIsTheSame(Container proxy, SocketClient client, Container upstream) throws Exception {
        String large = "{\"text\":\"ä🙂\"}".repeat(20_000);
        sameAsDirect(proxy, client, upstream, talk -> {
            talk.say("hello");
            String first = talk.hear();
            talk.send(new byte[] {'a', 'b'});
            String second = talk.hear();
            talk.send(large.substring(0, 100_000), false);
            talk.send(large.substring(100_000), true);
            String third = talk.hear();
            talk.say("fragments split up");
            String fourth = talk.hear();
            talk.say("bytes more");
            String fifth = talk.hear();
            talk.say("");
            String sixth = talk.hear();
            talk.hangUp(4001, "enough");
            String seventh = talk.hear();
            assertThat(third).isEqualTo("text " + large);
            return List.of(talk.subProtocol, first, second, fourth, fifth, sixth, seventh);
        });
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void theServersCloseArrivesBehindItsLastMessageWithItsCodeAndReason(
            Container proxy, SocketClient client, Container upstream) throws Exception {
        sameAsDirect(proxy, client, upstream, talk -> {
            talk.say("fragments last words");
            talk.say("close 4002 so long");
            return List.of(talk.hear(), talk.hear());
        });
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void aReasonThatCarriesAKeywordIsNotTold(Container proxy, SocketClient client, Container upstream)
            throws Exception {
        URI through = startProxy(proxy, startServer(upstream), "genesys-v2", "");
        SocketClient.Talk talk = open(client, through, "/talk");

        talk.say("close 4002 so long, #U#");

        assertThat(talk.hear()).isEqualTo("close 4002 ");
        assertThat(count("undertone.payloads.unreadable", "reason", "unknown_type", "outcome", "withheld"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void headersGoBothWays(Container proxy, SocketClient client, Container upstream) throws Exception {
        URI through = startProxy(proxy, startServer(upstream), "auto", "");

        open(client, through, "/talk?alias=1");

        Map<String, List<String>> handshake = server.handshakes.take();
        assertThat(handshake.get("Cookie")).containsExactly("customer=7");
        assertThat(handshake.get("Via")).containsExactly("1.1 undertone");
        assertThat(handshake.get("X-Forwarded-Host")).containsExactly("localhost:" + through.getPort());
    }

    @ParameterizedTest
    @MethodSource("everyone")
    void theClientsCloseArrivesWithItsCodeAndReason(Container proxy, SocketClient client, Container upstream)
            throws Exception {
        URI through = startProxy(proxy, startServer(upstream), "auto", "");
        SocketClient.Talk talk = open(client, through, "/talk");

        talk.say("hello");
        assertThat(talk.hear()).isEqualTo("text hello");
        talk.hangUp(4003, "grüß Gott");

        assertThat(server.closes.poll(20, TimeUnit.SECONDS)).isEqualTo("4003 grüß Gott");
    }
}
