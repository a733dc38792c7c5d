package io.undertone.webapp.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server that the workflow names denies the chat, while the chat system answers the customer. */
@Timeout(60)
class CustomerAnswersTest extends SocketTest {
    private static final String ID = "0006Ka9HFHRR0T2B";
    private static final String CHAT = "/2/chat/service/" + ID;
    private static final String GOES_ON = "{\"statusCode\":0,\"messages\":[],\"nextPosition\":6,\"chatEnded\":false}";
    private static final String DENIAL =
            "{\"message\":\"ExternalServiceFault\",\"messageId\":502,\"Envelope\":{\"Parameters\":{\"FaultCode\":\"100\",\"FaultString\":\"x\"}}}";

    private final Semaphore denied = new Semaphore(0);
    private int status = 200;
    private String body = GOES_ON;

    private void centre(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        if (request.getRequestURI().equals("/esp")) {
            response.getOutputStream().write(DENIAL.getBytes(UTF_8));
            denied.release();
        } else {
            response.setStatus(status);
            response.getOutputStream().write(body.getBytes(UTF_8));
        }
    }

    /** Starts Undertone before a chat server. */
    private URI startProxy(Container container, URI chatServer, URI centre) throws Exception {
        return startProxy(
                container,
                chatServer,
                "genesys-v2",
                "probe: {url: '%s/esp', attempts: 2, interval: 700ms}".formatted(centre));
    }

    /** Asks patiently; returns when the first attempt was denied. */
    private CompletableFuture<JsonNode> ask() throws Exception {
        int management = start(Container.JETTY, 1, context -> application().registerManagement(context, ""))
                .port();
        CompletableFuture<JsonNode> asked = client.sendAsync(
                        request(management, "/api/v1/probe?ChatServerAppName=B&InteractionId=" + ID)
                                .header("Authorization", "Bearer t")
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .thenApply(answer -> JsonMapper.shared().readTree(answer));
        denied.acquire();
        return asked;
    }

    private static void assertVerdict(JsonNode answer, boolean isRouted) {
        assertThat(answer.path("reason").asString())
                .isEqualTo(isRouted ? "customer_answered" : "interaction_not_found");
        assertThat(answer.path("verdict").asString()).isEqualTo(isRouted ? "unknown" : "gone");
        assertThat(answer.path("evidence").asString()).isEqualTo(isRouted ? "none" : "server");
        assertThat(answer.path("route").asBoolean()).isEqualTo(isRouted);
        assertThat(answer.path("attempt").asInt()).isEqualTo(2);
    }

    private void pollUntil(CompletableFuture<JsonNode> asked, int port, String operation) {
        await().until(() -> {
            client.send(request(port, CHAT + operation).build(), BodyHandlers.ofString());
            return asked.isDone();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    JETTY  | 200 | {"statusCode":0,"messages":[],"chatEnded":false}                       | true
                    TOMCAT | 200 | {"statusCode":0,"messages":[],"chatEnded":false}                       | true
                    JETTY  | 200 | {"statusCode":0,"messages":[{"text":"say #u#"}],"chatEnded":false}     | true
                    JETTY  | 503 | {"statusCode":0,"messages":[],"chatEnded":false}                       | false
                    TOMCAT | 503 | {"statusCode":0,"messages":[],"chatEnded":false}                       | false
                    JETTY  | 200 | {"statusCode":2,"chatEnded":false,"errors":[{"code":0,"advice":"no"}]} | false
                    JETTY  | 200 | {"statusCode":0,"messages":[],"chatEnded":true}                        | false
                    JETTY  | 200 | {"statusCode":0,"chatEnded":false,"messages":[                         | false
                    """)
    void onlyAGoodReplyThatSaysThatTheChatGoesOnCounts(
            Container container, int replysStatus, String reply, boolean isRouted) throws Exception {
        status = replysStatus;
        body = reply;
        URI centre = startUpstream(this::centre);
        int port = startProxy(container, centre, centre).getPort();
        CompletableFuture<JsonNode> asked = ask();
        pollUntil(asked, port, "/refresh");

        assertVerdict(asked.join(), isRouted);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatTheCustomerWroteSaysNothing(Container container) throws Exception {
        URI centre = startUpstream(this::centre);
        int port = startProxy(container, centre, centre).getPort();
        CompletableFuture<JsonNode> asked = ask();
        pollUntil(asked, port, "/file/7/download");

        assertVerdict(asked.join(), false);
    }

    @ParameterizedTest
    @CsvSource({"JETTY,true", "JETTY,false", "TOMCAT,true", "TOMCAT,false"})
    void aMessageOfAWebSocketCountsAndNotTheHalvesOfTwo(Container container, boolean isWhole) throws Exception {
        URI address = startProxy(container, startServer(Container.JETTY), startUpstream(this::centre));
        SocketClient.Talk talk = open(SocketClient.JETTY, address, CHAT);
        CompletableFuture<JsonNode> asked = ask();
        List<String> messages = isWhole
                ? List.of(GOES_ON)
                : List.of("{\"statusCode\":0,\"messages\":[]}", "{\"chatEnded\":false,\"messages\":[]}");
        await().until(() -> {
            for (String message : messages) {
                talk.say(message);
                assertThat(talk.hear()).isEqualTo("text " + message);
            }
            return asked.isDone();
        });

        assertVerdict(asked.join(), isWhole);
    }
}
