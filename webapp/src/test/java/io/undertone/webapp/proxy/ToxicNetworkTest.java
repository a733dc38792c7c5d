package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.undertone.webapp.Container;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Upstreams and clients that break off wherever they can. Whatever they do, nothing of an exchange stays behind. */
class ToxicNetworkTest extends ChatProxyTest {

    private static Stream<Arguments> brokenAnswers() {
        return Stream.of(Container.values()).flatMap(container -> Stream.of(
                        "",
                        "HTTP/1.1 200",
                        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
                        "no HTTP at all\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                .map(bytes -> Arguments.of(container, bytes)));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void anAnswerThatIsNoneIsA502(Container container, String bytes) throws Exception {
        URI upstream = stopLater(RawUpstream.answering(bytes)).url();
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThat(get(proxy.port(), "/").statusCode()).isEqualTo(502);
        assertThatNothingIsHeld(proxy, upstream);
    }

    private static Stream<Arguments> cutAnswers() {
        return Stream.of(Container.values()).flatMap(container -> Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n")
                .map(bytes -> Arguments.of(container, bytes)));
    }

    @ParameterizedTest
    @MethodSource("cutAnswers")
    void anAnswerThatIsShorterThanItSaysDoesNotLookWhole(Container container, String bytes) throws Exception {
        URI upstream = stopLater(RawUpstream.answering(bytes)).url();
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThatThrownBy(() -> get(proxy.port(), "/")).isInstanceOf(IOException.class);
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anAnswerThatIsLongerThanItSaysEndsWhereItSaid(Container container) throws Exception {
        String answers = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhidden";
        URI upstream = stopLater(RawUpstream.start(socket -> {
                    // A second request on this connection must not get what was said unasked.
                    while (true) {
                        RawUpstream.readHead(socket);
                        socket.getOutputStream().write(answers.getBytes(UTF_8));
                    }
                }))
                .url();
        RunningProxy proxy = startProxyTo(container, upstream);

        assertThat(get(proxy.port(), "/").body()).isEqualTo("hello");
        assertThat(get(proxy.port(), "/").body()).isEqualTo("hello");
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aClientThatSendsItsBodyByteByByteIsToldThatItIsTooSlow(Container container) throws Exception {
        URI upstream =
                startUpstream((request, response) -> request.getInputStream().readAllBytes());
        pace = new BodyPace(1_000_000, Duration.ofMillis(200), System::nanoTime);
        RunningProxy proxy = startProxyTo(container, upstream);

        String answer = exchange(proxy.port(), socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n".getBytes(ISO_8859_1));
            Awaitility.await().until(() -> {
                if (socket.getInputStream().available() > 0) {
                    return true;
                }
                out.write('x');
                return false;
            });
            return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
        });

        assertThat(answer).isEqualTo("HTTP/1.1 408");
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aClientThatTakesItsReplyByteByByteIsCutOff(Container container) throws Exception {
        byte[] reply = new byte[32 << 20];
        URI upstream =
                startUpstream((request, response) -> response.getOutputStream().write(reply));
        pace = new BodyPace(1_000_000_000, Duration.ofMillis(200), System::nanoTime);
        RunningProxy proxy = startProxyTo(container, upstream);

        int rest = exchange(proxy.port(), socket -> {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            Awaitility.await().until(() -> socket.getInputStream().read() >= 0 && brokenOff(upstream) == 1);
            return readToTheEnd(socket.getInputStream());
        });

        assertThat(rest).isLessThan(reply.length);
        assertThatNothingIsHeld(proxy, upstream);
    }

    /** What came until the other side closed, in whatever way. */
    private static int readToTheEnd(InputStream input) {
        byte[] piece = new byte[64 * 1024];
        int count = 0;
        try {
            for (int more = 0; more >= 0; more = input.read(piece)) {
                count += more;
            }
        } catch (IOException reset) {
            return count;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whoHasTakenAllThatThereIsMayWaitAsLongAsTheUpstream(Container container) throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch isLater = new CountDownLatch(1);
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("text/event-stream");
            response.getOutputStream().write("data: 1\n\n".getBytes(UTF_8));
            response.flushBuffer();
            isLater.await();
            response.getOutputStream().write("data: 2\n\n".getBytes(UTF_8));
        });
        pace = new BodyPace(1, Duration.ofSeconds(1), now::get);
        RunningProxy proxy = startProxyTo(container, upstream);

        var events = client.send(request(proxy.port(), "/").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = events.body()) {
            assertThat(new String(body.readNBytes(9), UTF_8)).isEqualTo("data: 1\n\n");
            now.addAndGet(Duration.ofDays(1).toNanos());
            isLater.countDown();
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data: 2\n\n");
        }
        assertThatNothingIsHeld(proxy, upstream);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anUpstreamMayAnswerAndCloseWithoutReadingASmallBody(Container container) throws Exception {
        URI upstream = stopLater(RawUpstream.start(socket -> {
                    RawUpstream.readHead(socket);
                    socket.getOutputStream()
                            .write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
                                    .getBytes(UTF_8));
                }))
                .url();
        RunningProxy proxy = startProxyTo(container, upstream);

        for (int count = 0; count < 20; count++) {
            String reply = exchange(
                    proxy.port(),
                    "POST /send HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 13\r\n\r\nmessage=hello");
            assertThat(reply).startsWith("HTTP/1.1 401").endsWith("no");
        }
        assertThatNothingIsHeld(proxy, upstream);
    }

    private static Stream<Arguments> brokenRequests() {
        return Stream.of(Container.values()).flatMap(container -> Stream.of(
                        "POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhello",
                        "POST /send HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                        "POST /send HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
                .map(bytes -> Arguments.of(container, bytes)));
    }

    @ParameterizedTest
    @MethodSource("brokenRequests")
    void aClientsBodyThatBreaksOffNeverLooksWholeToTheUpstream(Container container, String bytes) throws Exception {
        List<String> whole = new CopyOnWriteArrayList<>();
        AtomicInteger reading = new AtomicInteger();
        URI upstream = startUpstream((request, response) -> {
            reading.incrementAndGet();
            try {
                whole.add(new String(request.getInputStream().readAllBytes(), UTF_8));
            } finally {
                reading.decrementAndGet();
            }
        });
        RunningProxy proxy = startProxyTo(container, upstream);

        exchange(proxy.port(), socket -> {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            Awaitility.await().until(() -> reading.get() == 1 || brokenOff(upstream) == 1);
            return socket;
        });

        Awaitility.await().until(() -> reading.get() == 0 && brokenOff(upstream) == 1);
        assertThat(whole).isEmpty();
        assertThatNothingIsHeld(proxy, upstream);
    }

    private double brokenOff(URI upstream) {
        return metric("undertone.upstream.requests", upstream, "outcome", "broken_off");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void clientsThatVanishWhileTheyWaitLeaveNothingBehind(Container container) throws Exception {
        int clients = 300;
        CountDownLatch allHaveGone = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        byte[] answer = new byte[1 << 20];
        RawUpstream upstream = stopLater(RawUpstream.start(socket -> {
            RawUpstream.readHead(socket);
            waiting.incrementAndGet();
            allHaveGone.await();
            OutputStream output = socket.getOutputStream();
            output.write(("HTTP/1.1 200 OK\r\nContent-Length: " + answer.length + "\r\n\r\n").getBytes(UTF_8));
            output.write(answer);
        }));
        RunningProxy proxy = startProxyTo(container, upstream.url());
        List<Socket> sockets = new ArrayList<>();
        for (int count = 0; count < clients; count++) {
            Socket socket = stopLater(new Socket("localhost", proxy.port()));
            socket.getOutputStream().write("GET /refresh HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            sockets.add(socket);
        }
        Awaitility.await().untilAtomic(waiting, equalTo(clients));
        assertThat(metric("undertone.upstream.exchanges", upstream.url())).isEqualTo(clients);

        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        allHaveGone.countDown();

        assertThatNothingIsHeld(proxy, upstream.url());
        assertThat(get(
                                startProxyTo(
                                                container,
                                                stopLater(RawUpstream.answering("HTTP/1.0 200 OK\r\n\r\nfine"))
                                                        .url())
                                        .port(),
                                "/")
                        .body())
                .isEqualTo("fine");
    }
}
