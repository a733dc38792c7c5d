package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeldPollTest extends ChatProxyTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json;charset=UTF-8";
    private static final String REFRESH = "/genesys/2/chat/support/c1/refresh";
    private static final String COMETD = "/genesys/cometd/connect";
    private static final String UPSTREAMS_OWN = "{\"statusCode\":0,\"messages\":[],\"nextPosition\":9}";

    private final CountDownLatch isHeld = new CountDownLatch(1);
    private final CountDownLatch isOver = new CountDownLatch(1);

    @AfterEach
    void goOn() {
        isOver.countDown();
    }

    /** Holds each request until the test is over, after it has said the beginning of its reply. */
    private URI holdingUpstream(String beginning) throws Exception {
        return startUpstream((request, response) -> {
            request.getInputStream().readAllBytes();
            response.setContentType("application/json");
            if (!beginning.isEmpty()) {
                response.getOutputStream().write(beginning.getBytes(UTF_8));
                response.flushBuffer();
            }
            isHeld.countDown();
            isOver.await();
            response.getOutputStream()
                    .write(UPSTREAMS_OWN.substring(beginning.length()).getBytes(UTF_8));
        });
    }

    private CompletableFuture<HttpResponse<String>> post(
            RunningProxy proxy, String path, String contentType, String body, String... headers) {
        var request =
                request(proxy.port(), path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static Stream<Arguments> polls() {
        return Stream.of(Container.values())
                .flatMap(
                        container -> Stream.of(
                                Arguments.of(
                                        container,
                                        REFRESH,
                                        FORM,
                                        "userId=u%201&secureKey=k&alias=117&message=&transcriptPosition=6",
                                        "{\"statusCode\":0,\"alias\":\"117\",\"userId\":\"u 1\",\"secureKey\":\"k\",\"chatId\":\"c1\","
                                                + "\"messages\":[],\"nextPosition\":6,\"chatEnded\":false}"),
                                Arguments.of(
                                        container,
                                        COMETD,
                                        JSON,
                                        "[{\"id\":\"7\",\"channel\":\"/meta/connect\",\"clientId\":\"x1\",\"ext\":{\"ack\":3}}]",
                                        "[{\"id\":\"7\",\"clientId\":\"x1\",\"channel\":\"/meta/connect\",\"successful\":true}]")));
    }

    @ParameterizedTest
    @MethodSource("polls")
    void aHeldPollIsAnsweredAsIfThereWereNoNews(
            Container container, String path, String contentType, String poll, String answer) throws Exception {
        URI upstream = holdingUpstream("");
        RunningProxy proxy = startProxyTo(container, upstream);
        var reply = post(proxy, path, contentType, poll);
        assertThat(isHeld.await(20, TimeUnit.SECONDS)).isTrue();

        // The upstream may have the whole of a request a moment before its sender knows.
        await().until(() -> {
            proxy.exchanges().answerPolls();
            return reply.isDone();
        });

        assertThat(reply.get().statusCode()).isEqualTo(200);
        assertThat(reply.get().body()).isEqualTo(answer);
        assertThat(reply.get().headers().map())
                .containsEntry("content-type", List.of("application/json"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("connection", List.of("close"));
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aPollThatComesAfterwardsIsAnsweredAtOnce(Container container) throws Exception {
        URI upstream = holdingUpstream("");
        RunningProxy proxy = startProxyTo(container, upstream);
        proxy.exchanges().answerPolls();

        var reply = post(proxy, REFRESH, FORM, "transcriptPosition=3");

        assertThat(reply.get(20, TimeUnit.SECONDS).body()).contains("\"nextPosition\":3");
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aReplyThatHasBegunIsFinished(Container container) throws Exception {
        RunningProxy proxy = startProxyTo(container, holdingUpstream("{\"statusCode\":0,"));
        var reply = client.sendAsync(
                request(proxy.port(), REFRESH)
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString("transcriptPosition=3"))
                        .build(),
                BodyHandlers.ofInputStream());
        try (var body = reply.get(20, TimeUnit.SECONDS).body()) {
            assertThat(body.read()).isEqualTo('{');

            proxy.exchanges().answerPolls();
            isOver.countDown();

            assertThat("{" + new String(body.readAllBytes(), UTF_8)).isEqualTo(UPSTREAMS_OWN);
        }
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(REFRESH, FORM, "userId=u"),
                Arguments.of(REFRESH, FORM, "transcriptPosition=now"),
                Arguments.of(REFRESH, FORM, "transcriptPosition=3&message=hello"),
                Arguments.of(REFRESH, FORM, "transcriptPosition=3&padding=" + "x".repeat(9_000)),
                Arguments.of("/genesys/2/chat/support/c1/send", FORM, "transcriptPosition=3&message=hello"),
                Arguments.of("/genesys/1/service/7/ixn/chat/refresh", FORM, "transcriptPosition=3"),
                Arguments.of("/elsewhere", FORM, "transcriptPosition=3"),
                Arguments.of(COMETD, JSON, "[{\"channel\":\"/meta/connect\",\"id\":\"7\"}]"),
                Arguments.of(
                        COMETD,
                        JSON,
                        "[{\"channel\":\"/meta/connect\",\"ext\":{\"ack\":3}},{\"channel\":\"/a\",\"data\":\"hello\"}]"),
                Arguments.of(COMETD, JSON, "[{\"channel\":\"/meta/connect\",\"ext\":{\"ack\":3"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatMayMissSomethingIsAnsweredByTheUpstream(String path, String contentType, String body) throws Exception {
        assertThatUpstreamAnswers(path, contentType, body);
    }

    @Test
    void aPageOnAnotherOriginIsAnsweredByTheUpstreamWhichSaysThatItMayRead() throws Exception {
        assertThatUpstreamAnswers(REFRESH, FORM, "transcriptPosition=3", "Origin", "https://shop.example");
    }

    private void assertThatUpstreamAnswers(String path, String contentType, String body, String... headers)
            throws Exception {
        RunningProxy proxy = startProxyTo(Container.JETTY, holdingUpstream(""));
        var reply = post(proxy, path, contentType, body, headers);
        assertThat(isHeld.await(20, TimeUnit.SECONDS)).isTrue();

        proxy.exchanges().answerPolls();
        isOver.countDown();

        assertThat(reply.get(20, TimeUnit.SECONDS).body()).isEqualTo(UPSTREAMS_OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:%d", "http://LOCALHOST:%d"})
    void aPageOfTheSameOriginIsAnswered(String origin) throws Exception {
        URI upstream = holdingUpstream("");
        RunningProxy proxy = startProxyTo(Container.JETTY, upstream);
        proxy.exchanges().answerPolls();

        var reply = post(proxy, REFRESH, FORM, "transcriptPosition=3", "Origin", String.format(origin, proxy.port()));

        assertThat(reply.get(20, TimeUnit.SECONDS).body()).contains("\"nextPosition\":3");
    }

    @Test
    void nothingIsAnsweredWhenNobodyWaits() throws Exception {
        RunningProxy proxy = startProxyTo(Container.JETTY, startUpstream((request, response) -> response.getWriter()
                .write(UPSTREAMS_OWN)));
        assertThat(post(proxy, REFRESH, FORM, "transcriptPosition=3")
                        .get(20, TimeUnit.SECONDS)
                        .body())
                .isEqualTo(UPSTREAMS_OWN);

        proxy.exchanges().answerPolls();
        proxy.exchanges().giveUp();

        await().atMost(Duration.ofSeconds(20)).until(() -> proxy.connectionsInUse() == 0);
    }
}
