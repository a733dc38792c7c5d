package io.undertone.webapp.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an answer says of the customer, without a probe: none can be sent here. */
@Timeout(60)
class CustomerSignsTest extends SocketTest {
    private static final String CHAT = "/2/chat/service/0006Ka9HFHRR0T2B";

    private int management;

    private JsonNode ask() throws Exception {
        if (management == 0) {
            management = start(Container.JETTY, 1, context -> application().registerManagement(context, ""))
                    .port();
        }
        String body = client.send(
                        request(management, "/api/v1/probe?ChatServerAppName=A&InteractionId=0006Ka9HFHRR0T2B")
                                .header("Authorization", "Bearer t")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        JsonNode answer = JsonMapper.shared().readTree(body);
        assertThat(answer.path("verdict").asString())
                .as("signs are no evidence")
                .isEqualTo("unknown");
        return answer;
    }

    private static boolean isGone(JsonNode answer) {
        return answer.path("browser_gone").asBoolean();
    }

    @ParameterizedTest
    @EnumSource
    void thatThePollsReplySaysThatTheChatEndedIsSeen(Container container) throws Exception {
        Semaphore isEnded = new Semaphore(0);
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream()
                    .write("{\"messages\":[],\"chatEnded\":%s,\"statusCode\":0}"
                            .formatted(isEnded.availablePermits() > 0)
                            .getBytes(UTF_8));
        });
        int port = startProxy(container, upstream, "auto", "").getPort();
        assertThat(ask().has("chat_ended_seen")).as("nobody was seen yet").isFalse();

        client.send(request(port, CHAT + "/refresh").build(), BodyHandlers.ofString());
        assertThat(ask().path("chat_ended_seen").asBoolean(true)).isFalse();

        isEnded.release();
        client.send(request(port, CHAT + "/refresh").build(), BodyHandlers.ofString());
        JsonNode answer = ask();
        assertThat(answer.path("chat_ended_seen").asBoolean()).isTrue();
        assertThat(isGone(answer)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoDropsAHeldPollIsGoneUntilTheyAskAgain(Container container) throws Exception {
        CountDownLatch isHeld = new CountDownLatch(1);
        CountDownLatch isReleased = new CountDownLatch(1);
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            if (request.getRequestURI().endsWith("/held")) {
                isHeld.countDown();
                isReleased.await();
            }
            // So much that not all of it is taken before the reset is noticed.
            response.getOutputStream()
                    .write(("{\"messages\":[],\"chatEnded\":false,\"more\":[" + "1,".repeat(2_000_000) + "1]}")
                            .getBytes(UTF_8));
        });
        int port = startProxy(container, upstream, "auto", "").getPort();
        try (Socket customer = new Socket("localhost", port)) {
            customer.getOutputStream().write(("GET " + CHAT + "/held HTTP/1.1\r\nHost: shop\r\n\r\n").getBytes(UTF_8));
            isHeld.await();
            assertThat(isGone(ask())).isFalse();
            customer.setSoLinger(true, 0);
        }
        isReleased.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> isGone(ask()));

        client.send(request(port, CHAT + "/refresh").build(), BodyHandlers.ofString());
        assertThat(isGone(ask())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatTheChatServerBreaksOffIsNoSignOfTheCustomers(Container container) throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.setContentLength(1000);
            response.getOutputStream().write("{\"messages\":[],".getBytes(UTF_8));
            response.flushBuffer();
        });
        int port = startProxy(container, upstream, "auto", "").getPort();
        exchange(port, "GET " + CHAT + "/refresh HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");

        assertThat(isGone(ask())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"JETTY,true", "JETTY,false", "TOMCAT,true", "TOMCAT,false"})
    void whoseWebSocketEndsIsGone(Container container, boolean isAbrupt) throws Exception {
        URI address = startProxy(container, startServer(Container.JETTY), "genesys-v2", "");
        SocketClient.Talk talk = open(SocketClient.JETTY, address, CHAT);
        talk.say("{\"messages\":[],\"chatEnded\":true}");
        assertThat(talk.hear()).contains("chatEnded");
        JsonNode answer = ask();
        assertThat(answer.path("chat_ended_seen").asBoolean()).isTrue();
        assertThat(isGone(answer)).isFalse();

        if (isAbrupt) {
            talk.vanish();
        } else {
            talk.hangUp(1000, "bye");
        }
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(20)).until(() -> isGone(ask()));
    }
}
