package io.undertone.server.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stock container with the WAR is told to stop while customers are there. */
class StockContainerTest {
    private static final String FRAME =
            "{\"type\":\"message\",\"body\":{\"direction\":\"Outbound\",\"text\":\"hello\"}}";

    /** The JDK's client has no end before Java 21: its thread goes when it is collected. */
    private static final String COLLECTED = "WARNING [^\n]*\\[HttpClient-\\d+-SelectorManager][^\n]*";

    @TempDir
    private Path directory;

    private final Server upstream = new Server(0);
    private final CountDownLatch pollIsHeld = new CountDownLatch(1);
    private final CountDownLatch isOver = new CountDownLatch(1);
    /** It takes a GOAWAY of HTTP/2 for the end of what is in flight. */
    private final HttpClient customer =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Says what it is told. */
    @ServerEndpoint("/v1")
    public static final class Echo {
        @OnMessage
        public String answer(String message) {
            return message;
        }
    }

    private final class Holding extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            pollIsHeld.countDown();
            try {
                isOver.await();
                response.setContentType("application/json");
                response.getOutputStream().write("{\"messages\":[],\"nextPosition\":3}".getBytes(UTF_8));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servletContext, container) -> container.addEndpoint(Echo.class));
        context.addServlet(new ServletHolder(new Holding()), "/genesys/*");
        upstream.setHandler(context);
        upstream.start();
    }

    @AfterEach
    void stop() throws Exception {
        isOver.countDown();
        upstream.stop();
    }

    @ParameterizedTest
    @EnumSource(
            value = Deployment.class,
            names = {"DIRECT", "JAR", "JAR_HTTP_2"},
            mode = EnumSource.Mode.EXCLUDE)
    void itTellsItsCustomersAndLeavesNothingBehind(Deployment deployment) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        URI gms = URI.create("http://localhost:" + ((ServerConnector) upstream.getConnectors()[0]).getLocalPort());
        try (Deployment.Running running = deployment.start(gms, "auto", directory)) {
            WebSocket socket = customer.newWebSocketBuilder()
                    .buildAsync(
                            URI.create(running.customers().toString().replaceFirst("http", "ws") + "/v1"),
                            new Listener(heard))
                    .get(20, TimeUnit.SECONDS);
            socket.sendText(FRAME, true).join();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(FRAME);
            var poll = customer.sendAsync(
                    HttpRequest.newBuilder(running.customers().resolve("/genesys/2/chat/support/c1/refresh"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("transcriptPosition=3"))
                            .build(),
                    BodyHandlers.ofString(UTF_8));
            assertThat(pollIsHeld.await(20, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(running::close);

            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("1001");
            if (deployment == Deployment.WAR_IN_JETTY) {
                // It waits for what is in flight before it tells a web application that it stops.
                isOver.countDown();
            }
            assertThat(poll.get(20, TimeUnit.SECONDS).body()).as(running.log()).contains("\"nextPosition\":3");
            stopped.get(60, TimeUnit.SECONDS);
            assertThat(running.log().replaceAll(COLLECTED, ""))
                    .contains("The store is there")
                    .doesNotContain("failed to", "SEVERE", "WARNING");
        }
    }

    private record Listener(BlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add(Integer.toString(code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            heard.add(failure.toString());
        }
    }
}
