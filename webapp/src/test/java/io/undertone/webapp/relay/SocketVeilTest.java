package io.undertone.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.Container;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the messages of a socket arrives. The chat server says what the customer says; the last message marks the end. */
class SocketVeilTest extends SocketTest {
    private static final String NOTHING = "";

    private static Arguments frame(String dialect, String path, String sent, String seen) {
        return Arguments.of(dialect, path, sent, seen);
    }

    static Stream<Arguments> frames() {
        String row = "{\"index\":%s,\"type\":\"Message\",\"from\":{\"type\":\"External\"},\"text\":\"%s\"}";
        String delivery = "[{\"channel\":\"/service/chatV2\",\"data\":{\"messages\":[%s],\"nextPosition\":3}}]";
        String bayeux = "{\"channel\":\"/c\",\"data\":\"%s\"}";
        String handshake = "{\"channel\":\"/meta/handshake\",\"successful\":true,\"x-messages\":%s}";
        String ack = "{\"channel\":\"/c\",\"id\":\"7\",\"successful\":true}";
        String meta = "{\"channel\":\"/meta/connect\",\"id\":\"8\",\"error\":\"%s\",\"successful\":false}";
        String cloud =
                "{\"type\":\"message\",\"class\":\"StructuredMessage\",\"body\":{\"direction\":\"Outbound\",\"text\":\"%s\"}}";
        String chatwoot =
                "{\"message\":{\"event\":\"message.created\",\"data\":{\"message_type\":1,\"content\":\"%s\"}}}";
        String rocket =
                "{\"msg\":\"changed\",\"fields\":{\"args\":[{\"_id\":\"1\",\"msg\":\"%s\",\"u\":{\"username\":\"bot\"}}]}}";
        String connect =
                "{\"topic\":\"aws/chat\",\"content\":\"{\\\"Type\\\":\\\"MESSAGE\\\",\\\"ParticipantRole\\\":\\\"SYSTEM\\\",\\\"Content\\\":\\\"%s\\\"}\"}";
        String directLine = "{\"activities\":[%s],\"watermark\":\"5\"}";
        String activity = "{\"type\":\"message\",\"from\":{\"id\":\"bot\"},\"text\":\"%s\"}";
        return Stream.of(
                frame(
                        "genesys-v2-cometd",
                        "/genesys/cometd",
                        delivery.formatted(row.formatted(1, "#u#") + "," + row.formatted(2, "hi")),
                        delivery.formatted(row.formatted(2, "hi"))),
                frame(
                        "auto",
                        "/genesys/cometd",
                        delivery.formatted(row.formatted(1, "#\\u0075#")),
                        delivery.formatted("")),
                frame(
                        "bayeux",
                        "/cometd",
                        "[" + handshake.formatted(2) + "," + bayeux.formatted("#u#") + "," + bayeux.formatted("hi")
                                + "]",
                        "[" + handshake.formatted(1) + "," + bayeux.formatted("hi") + "]"),
                frame(
                        "bayeux",
                        "/cometd",
                        "[" + bayeux.formatted("#u#") + " , " + bayeux.formatted("#U#") + "]\n",
                        NOTHING),
                frame("bayeux", "/cometd", "[ " + bayeux.formatted("#u#") + "," + ack + "]", "[" + ack + "]"),
                frame("bayeux", "/cometd", "[" + meta.formatted("#u#") + "]", "[" + meta.formatted("") + "]"),
                frame("bayeux", "/cometd", "[]", "[]"),
                // The messages come in later frames, and some of them perhaps not.
                frame("bayeux", "/cometd", "[" + handshake.formatted(2) + "]", "[" + handshake.formatted(0) + "]"),
                // Of Genesys' deliveries each arrives.
                frame(
                        "auto",
                        "/genesys/cometd",
                        "[" + handshake.formatted(2) + "]",
                        "[" + handshake.formatted(2) + "]"),
                frame("genesys-cloud", "/v1", cloud.formatted("#u#"), NOTHING),
                frame("auto", "/v1", cloud.formatted("#u#"), NOTHING),
                frame("auto", "/v1", cloud.formatted("hi"), cloud.formatted("hi")),
                frame("chatwoot", "/cable", chatwoot.formatted("#U#"), NOTHING),
                frame("rocketchat", "/websocket", rocket.formatted("#u#"), NOTHING),
                frame("connect", "/connect", connect.formatted("#u#"), NOTHING),
                frame("connect", "/connect", connect.formatted("hi"), connect.formatted("hi")),
                frame(
                        "directline",
                        "/directline/conversations/7/stream",
                        directLine.formatted(activity.formatted("#u#")),
                        directLine.formatted("")),
                // Neither is JSON, and nobody said that the second would be.
                frame("genesys-cloud", "/v1", "pong", NOTHING),
                frame("auto", "/socket.io/x", "42[\"ping\"]", "42[\"ping\"]"),
                frame("auto", "/socket.io/x", "42[\"#u#\"]", NOTHING),
                frame("auto", "/talk", "{\"application\":\"#u#\"}", NOTHING),
                frame("directline", "/directline/conversations/7/stream", "", ""));
    }

    private static Stream<Arguments> everywhere() {
        return frames().flatMap(frame -> Stream.of(Container.values()).flatMap(container -> Stream.of(true, false)
                .map(isText -> Arguments.of(
                        container, isText, frame.get()[0], frame.get()[1], frame.get()[2], frame.get()[3]))));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whatIsHiddenNeverArrives(
            Container container, boolean isText, String dialect, String path, String sent, String seen)
            throws Exception {
        URI through = startProxy(container, startServer(Container.JETTY), dialect, "");
        SocketClient.Talk talk = open(SocketClient.JDK, through, path);

        send(talk, isText, sent);
        send(talk, isText, "{}");

        String kind = isText ? "text " : "bytes ";
        if (!seen.isEmpty() || sent.isEmpty()) {
            assertThat(talk.hear()).isEqualTo(kind + seen);
        }
        assertThat(talk.hear()).isEqualTo(kind + "{}");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theAddressesThatGmsNamesLeadToUs(Container container) throws Exception {
        URI upstream = startServer(Container.JETTY);
        URI through = startProxy(container, upstream, "genesys-v1-cometd", "");
        SocketClient.Talk talk = open(SocketClient.JDK, through, "/genesys/cometd");
        String delivery =
                "[{\"channel\":\"/_genesys\",\"data\":{\"message\":{\"_chatIxnAPI_SEND_URL\":\"http://localhost:%d/genesys/1/service/7/ixn/chat/send\"}}}]";

        send(talk, true, delivery.formatted(upstream.getPort()));

        assertThat(talk.hear()).isEqualTo("text " + delivery.formatted(through.getPort()));
    }

    @ParameterizedTest
    @CsvSource({
        "auto,/chat",
        "genesys-v2-cometd,/genesys/cometd",
        "bayeux,/cometd",
        "genesys-cloud,/v1",
        "rocketchat,/websocket"
    })
    void aCloseSaysNothingThatIsHiddenAndOtherwiseItsReason(String dialect, String path) throws Exception {
        URI through = startProxy(Container.JETTY, startServer(Container.JETTY), dialect, "");
        SocketClient.Talk hidden = open(SocketClient.JDK, through, path);
        SocketClient.Talk harmless = open(SocketClient.JDK, through, path);

        hidden.say("close 4002 told by #u#");
        harmless.say("close 4002 so \"long\"");

        assertThat(hidden.hear()).isEqualTo("close 4002 ");
        assertThat(harmless.hear()).isEqualTo("close 4002 so \"long\"");
    }

    private static void send(SocketClient.Talk talk, boolean isText, String message) throws Exception {
        if (isText) {
            talk.say(message);
        } else {
            talk.send(message.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsHiddenAndWhatIsPassedIsCounted(Container container) throws Exception {
        URI through = startProxy(container, startServer(Container.TOMCAT), "genesys-cloud", "");
        SocketClient.Talk talk = open(SocketClient.JETTY, through, "/v1");

        talk.say("{\"body\":{\"direction\":\"Outbound\",\"text\":\"#u#\"}}");
        talk.say("not JSON");
        talk.say("{}");

        assertThat(talk.hear()).isEqualTo("text {}");
        assertThat(count("undertone.messages.hidden", "keyword", "keyword-1", "visibility", "VIP", "sender", "UNKNOWN"))
                .isEqualTo(1);
        assertThat(count("undertone.payloads.unreadable", "reason", "not_json", "outcome", "withheld"))
                .isEqualTo(1);
        assertThat(count("undertone.sockets.messages", "direction", "client_to_server"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aParticipantThatWasFoundToBeHiddenStaysHiddenInTheNextSocket(Container container) throws Exception {
        URI through = startProxy(
                container,
                startServer(Container.JETTY),
                "genesys-v2-cometd",
                "hiddenParticipants: [{nickname: ghost}]");
        SocketClient.Talk talk = open(SocketClient.TOMCAT, through, "/genesys/cometd");
        String delivery = "[{\"channel\":\"/c\",\"data\":{\"chatId\":\"7\",\"messages\":[{\"type\":\"%s\","
                + "\"from\":{\"nickname\":\"%s\",\"participantId\":9,\"type\":\"External\"},\"text\":\"%s\"}]}}]";

        String empty = "text [{\"channel\":\"/c\",\"data\":{\"chatId\":\"7\",\"messages\":[]}}]";

        talk.say(delivery.formatted("ParticipantJoined", "ghost", ""));
        assertThat(talk.hear()).isEqualTo(empty);
        SocketClient.Talk next = open(SocketClient.JDK, through, "/genesys/cometd");
        next.say(delivery.formatted("Message", "other", "boo"));

        assertThat(next.hear()).isEqualTo(empty);
    }
}
