package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.filters.keyword.Audience;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.webapp.Container;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UpstreamConnection;
import io.undertone.webapp.config.UpstreamConnection.Http2;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Either end of an exchange breaks it off, over each version of HTTP on either side. */
class ToxicReplyTest extends ChatProxyTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);
    private static final int PATIENCE_SECONDS = 20;
    private static final String BROKEN_OFF = "";

    /** What an exchange runs over. */
    record Road(Container container, HttpVersion customers, HttpVersion upstream) {
        static Stream<Road> all() {
            List<HttpVersion> versions = List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);
            return Stream.of(Container.values()).flatMap(container -> versions.stream()
                    .flatMap(customers -> versions.stream().map(upstream -> new Road(container, customers, upstream))));
        }
    }

    /** How a reply ends that is not whole. */
    enum Break {
        END {
            @Override
            void off(RawReply reply) throws IOException {
                reply.end();
            }
        },
        RESET {
            @Override
            void off(RawReply reply) throws IOException {
                reply.reset();
            }
        },
        HANG_UP {
            @Override
            void off(RawReply reply) throws IOException {
                reply.hangUp();
            }
        };

        abstract void off(RawReply reply) throws IOException;
    }

    /** A proxy and its upstream. */
    private record Started(RunningProxy proxy, URI upstream) {
        String url() {
            return "http://localhost:" + proxy.port() + "/";
        }
    }

    private Started start(Road road, Duration idleTimeout, RawReply.Manners manners) throws Exception {
        return start(
                road,
                idleTimeout,
                road.upstream() == HttpVersion.HTTP_2
                        ? stopLater(RawHttp2Upstream.start(manners)).url()
                        : stopLater(RawUpstream.replying(manners)).url());
    }

    private Started start(Road road, Duration idleTimeout, URI upstream) throws Exception {
        UpstreamConnection connection =
                new UpstreamConnection(road.upstream() == HttpVersion.HTTP_2 ? Http2.ALWAYS : Http2.NEVER, true, null);
        RouteConfig route = new RouteConfig(
                "/",
                List.of(upstream),
                false,
                RouteConfig.DEFAULT_DIALECT,
                Audience.CUSTOMER,
                OnUnreadable.WITHHOLD,
                RouteConfig.DEFAULT_MAX_REQUEST_BODY,
                null,
                connection);
        return new Started(startProxy(road.container(), table(List.of(route)), NOBODY_TRUSTED, idleTimeout), upstream);
    }

    private HttpClient customer(Road road) throws Exception {
        ClientConnector connector = new ClientConnector();
        HttpClient customer = new HttpClient(
                road.customers() == HttpVersion.HTTP_2
                        ? new HttpClientTransportDynamic(
                                connector, new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)))
                        : new HttpClientTransportDynamic(connector, HttpClientConnectionFactory.HTTP11));
        customer.start();
        stopLater(customer::stop);
        return customer;
    }

    private static ContentResponse get(HttpClient customer, Started started) throws Exception {
        return customer.newRequest(started.url())
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .send();
    }

    /** What a customer takes for a reply: none that is broken off, be it the upstream's or a problem of ours instead. */
    private static String seenBy(HttpClient customer, Started started) throws Exception {
        try {
            ContentResponse reply = get(customer, started);
            return reply.getStatus() == 502 ? BROKEN_OFF : reply.getContentAsString();
        } catch (ExecutionException brokenOff) {
            return BROKEN_OFF;
        }
    }

    /** Misbehaves once, and answers everything after it. */
    private static RawReply.Manners once(RawReply.Manners manners) {
        AtomicInteger asked = new AtomicInteger();
        return reply -> {
            if (asked.getAndIncrement() == 0) {
                manners.with(reply);
            } else {
                reply.begin(4);
                reply.write("fine");
                reply.end();
            }
        };
    }

    private void assertThatItGoesOn(HttpClient customer, Started started) throws Exception {
        assertThatNothingIsHeld(started.proxy(), started.upstream());
        await().untilAsserted(() ->
                assertThat(get(customer, started).getContentAsString()).isEqualTo("fine"));
    }

    private static Stream<Arguments> failures() {
        return Road.all().flatMap(road -> Stream.of(Break.RESET, Break.HANG_UP).map(how -> Arguments.of(road, how)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReplyThatNeverBeginsIsA502(Road road, Break how) throws Exception {
        Started started = start(road, IDLE_TIMEOUT, once(how::off));
        HttpClient customer = customer(road);

        assertThat(get(customer, started).getStatus()).isEqualTo(502);
        assertThatItGoesOn(customer, started);
    }

    private static Stream<Arguments> brokenReplies() {
        return Stream.concat(
                Road.all().flatMap(road -> Stream.of(Break.values()).map(how -> Arguments.of(road, how, 100))),
                failures().map(failure -> Arguments.of(failure.get()[0], failure.get()[1], RawReply.UNSAID)));
    }

    @ParameterizedTest
    @MethodSource("brokenReplies")
    void aReplyThatBreaksOffNeverLooksWhole(Road road, Break how, int length) throws Exception {
        Started started = start(road, IDLE_TIMEOUT, once(reply -> {
            reply.begin(length);
            reply.write("hello");
            how.off(reply);
        }));
        HttpClient customer = customer(road);

        assertThat(seenBy(customer, started)).isEqualTo(BROKEN_OFF);
        assertThatItGoesOn(customer, started);
    }

    private static Stream<Road> roads() {
        return Road.all();
    }

    @ParameterizedTest
    @MethodSource("roads")
    void anUpstreamThatStallsInTheMiddleIsGivenUp(Road road) throws Exception {
        CountDownLatch testIsOver = new CountDownLatch(1);
        stopLater(testIsOver::countDown);
        Started started = start(road, Duration.ofMillis(500), once(reply -> {
            reply.begin(9);
            reply.write("hello");
            testIsOver.await();
        }));
        HttpClient customer = customer(road);

        assertThat(seenBy(customer, started)).isEqualTo(BROKEN_OFF);
        assertThatItGoesOn(customer, started);
    }

    @ParameterizedTest
    @MethodSource("roads")
    void aReplyThatIsLongerThanItSaysShowsNoneOfTheRest(Road road) throws Exception {
        Started started = start(road, IDLE_TIMEOUT, once(reply -> {
            reply.begin(5);
            reply.write("hello");
            reply.write("hidden");
            reply.end();
        }));
        HttpClient customer = customer(road);

        // Over HTTP/2 it is malformed (RFC 9113 section 8.1.1), which may show before the client has all that was said,
        // or after.
        assertThat(seenBy(customer, started)).doesNotContain("hidden");
        assertThatItGoesOn(customer, started);
    }

    private static Stream<Arguments> waysToLeave() {
        return Road.all().flatMap(road -> Stream.of(true, false).map(isHangUp -> Arguments.of(road, isHangUp)));
    }

    @ParameterizedTest(name = "{0}, hangs up: {1}")
    @MethodSource("waysToLeave")
    void aReplyToSomebodyWhoHasLeftLeavesNothingBehind(Road road, boolean isHangUp) throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch hasLeft = new CountDownLatch(1);
        String late = "x".repeat(1 << 20);
        Started started = start(road, IDLE_TIMEOUT, once(reply -> {
            isAsked.countDown();
            hasLeft.await();
            reply.begin(late.length());
            reply.write(late);
            reply.end();
        }));
        HttpClient customer = customer(road);
        Request request = customer.newRequest(started.url());
        request.send(result -> {});
        isAsked.await();

        if (isHangUp) {
            customer.stop();
        } else {
            request.abort(new IOException("the page was closed")).get();
        }
        hasLeft.countDown();

        assertThatItGoesOn(customer(road), started);
    }

    /** Containers tell of a stream that was reset; of a connection that ended not always, while nothing is written. */
    private static Stream<Road> roadsOfStreams() {
        return Road.all().filter(road -> road.customers() == HttpVersion.HTTP_2);
    }

    @ParameterizedTest
    @MethodSource("roadsOfStreams")
    void aCustomerWhoLeavesBetweenTwoPiecesLeavesNothingBehind(Road road) throws Exception {
        CountDownLatch testIsOver = new CountDownLatch(1);
        stopLater(testIsOver::countDown);
        Started started = start(road, Duration.ofMinutes(5), once(reply -> {
            reply.begin(9);
            reply.write("hello");
            testIsOver.await();
        }));
        HttpClient customer = customer(road);
        CountDownLatch hasPiece = new CountDownLatch(1);
        Request request =
                customer.newRequest(started.url()).onResponseContent((response, piece) -> hasPiece.countDown());
        request.send(result -> {});
        hasPiece.await();
        // A container forgets who leaves while it still has the first piece in hand; then only the next one shows it.
        assertThat(get(customer, started).getContentAsString()).isEqualTo("fine");

        request.abort(new IOException("the page was closed")).get();

        assertThatItGoesOn(customer, started);
    }

    @ParameterizedTest
    @MethodSource("roads")
    void aCustomerWhoTakesNoMoreOfAReplyIsCutOff(Road road) throws Exception {
        String large = "x".repeat(32 << 20);
        pace = new BodyPace(1_000_000_000, Duration.ofMillis(200), System::nanoTime);
        Started started = start(road, IDLE_TIMEOUT, once(reply -> {
            reply.begin(large.length());
            reply.write(large);
            reply.end();
        }));

        customer(road)
                .newRequest(started.url())
                .onResponseContentAsync((response, chunk, demander) -> {})
                .send(result -> {});

        await().until(() -> metric("undertone.upstream.requests", started.upstream(), "outcome", "broken_off") == 1);
        assertThatItGoesOn(customer(road), started);
    }

    private static Stream<Road> roadsOverHttp2() {
        return Road.all().filter(road -> road.upstream() == HttpVersion.HTTP_2);
    }

    /** RFC 9113 section 8.1: a reply that is whole counts, though its stream is reset for the upstream to be rid of the rest. */
    @ParameterizedTest
    @MethodSource("roadsOverHttp2")
    void aReplyThatNeedsNoMoreOfTheRequestIsPassedOn(Road road) throws Exception {
        Started started = start(road, IDLE_TIMEOUT, reply -> {
            reply.begin(50_000);
            reply.write("x".repeat(50_000));
            reply.end();
            reply.reset();
        });
        AsyncRequestContent body = new AsyncRequestContent(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        CompletableFuture<String> taken = new CompletableFuture<>();

        customer(road).POST(started.url()).body(body).send(new BufferingResponseListener() {
            @Override
            public void onSuccess(Response response) {
                taken.complete(getContentAsString());
            }

            @Override
            public void onFailure(Response response, Throwable failure) {
                taken.completeExceptionally(failure);
            }
        });

        assertThat(taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasSize(50_000);
        body.close();
        assertThatNothingIsHeld(started.proxy(), started.upstream());
    }

    @ParameterizedTest
    @MethodSource("roads")
    void aRequestThatBreaksOffNeverLooksWholeToTheUpstream(Road road) throws Exception {
        List<String> whole = new CopyOnWriteArrayList<>();
        CountDownLatch isRead = new CountDownLatch(1);
        CountDownLatch isOver = new CountDownLatch(1);
        URI upstream = startUpstream((request, response) -> {
            try {
                request.getInputStream().readNBytes(5);
                isRead.countDown();
                request.getInputStream().readAllBytes();
                whole.add("a request");
            } finally {
                isOver.countDown();
            }
        });
        Started started = start(road, IDLE_TIMEOUT, upstream);
        AsyncRequestContent body = new AsyncRequestContent();
        Request request = customer(road).POST(started.url()).body(body);
        request.send(result -> {});
        body.write(ByteBuffer.wrap("hello".getBytes(UTF_8)), Callback.NOOP);
        body.flush();
        isRead.await();

        request.abort(new IOException("the page was closed")).get();

        isOver.await();
        assertThat(whole).isEmpty();
        assertThatNothingIsHeld(started.proxy(), upstream);
    }
}
