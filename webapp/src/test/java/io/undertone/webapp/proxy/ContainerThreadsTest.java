package io.undertone.webapp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.webapp.Container;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the threads of a container may do to each other's requests, and must not. */
class ContainerThreadsTest extends ChatProxyTest {
    private static final int CUSTOMERS = 32;

    /** Whichever thread sends which request, and however much of it is there: whole, in two pieces, or long. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void requestsThatComeTogetherAreAllCarried(Container container) throws Exception {
        int port = startProxyFor(container, (request, response) -> {
            response.setContentLength(request.getContentLength());
            request.getInputStream().transferTo(response.getOutputStream());
        });
        List<String> bodies = List.of("transcriptPosition=7", "x".repeat(100), "y".repeat(20_000));

        ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            List<Future<?>> said = new ArrayList<>();
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                String body = bodies.get(customer % bodies.size());
                boolean isInPieces = customer % 2 == 0;
                said.add(customers.submit(() -> {
                    sayAgainAndAgain(port, body, isInPieces);
                    return null;
                }));
            }
            for (Future<?> all : said) {
                all.get(1, TimeUnit.MINUTES);
            }
        } finally {
            customers.shutdownNow();
        }
    }

    /** Tomcat lets the next request have what belonged to this one as soon as all have heard of an error. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void noErrorIsOverBeforeTheWritesThatMetItAre(Container container) throws Exception {
        CountDownLatch hasLeft = new CountDownLatch(1);
        URI upstream = startUpstream((request, response) -> {
            response.setContentLength(6);
            response.getOutputStream().write("one".getBytes(UTF_8));
            response.flushBuffer();
            hasLeft.await();
            response.getOutputStream().write("two".getBytes(UTF_8));
        });
        SlowReturns slowReturns = new SlowReturns();
        int port = startBehind(slowReturns, container, upstream);

        exchange(port, socket -> {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            assertThat(bodyOfReply(socket.getInputStream(), 3)).isEqualTo("one");
            // So that the next write fails.
            socket.setSoLinger(true, 0);
            return socket;
        });
        hasLeft.countDown();

        await().until(() -> metric("undertone.upstream.exchanges", upstream) == 0);
        assertThat(slowReturns.reports).doesNotContain(true);
        if (container == Container.TOMCAT) {
            assertThat(slowReturns.writeHasFailed.await(20, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() -> assertThat(slowReturns.reports).containsOnly(false));
        }
    }

    /** Over several connections, as Tomcat closes each after a hundred requests. */
    private static void sayAgainAndAgain(int port, String body, boolean isInPieces) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n";
        byte[] request = (head + body).getBytes(UTF_8);
        int first = isInPieces ? request.length - body.length() / 2 : request.length;
        for (int connections = 0; connections < 5; connections++) {
            exchange(port, socket -> {
                socket.setTcpNoDelay(true);
                for (int times = 0; times < 80; times++) {
                    socket.getOutputStream().write(request, 0, first);
                    socket.getOutputStream().write(request, first, request.length - first);
                    assertThat(bodyOfReply(socket.getInputStream(), body.length()))
                            .isEqualTo(body);
                }
                return socket;
            });
        }
    }

    private static String bodyOfReply(InputStream replies, int length) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int next = replies.read();
            assertThat(next).as("more than " + head).isNotNegative();
            head.write(next);
        }
        return new String(replies.readNBytes(length), UTF_8);
    }
}
