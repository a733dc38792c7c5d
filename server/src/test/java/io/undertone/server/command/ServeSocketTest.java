package io.undertone.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product before a chat server that speaks WebSocket. */
class ServeSocketTest {
    private static final String FRAME = "{\"type\":\"message\",\"body\":{\"direction\":\"Outbound\",\"text\":\"%s\"}}";

    @TempDir
    private Path directory;

    private final Server upstream = new Server(0);

    /** Says what it is told. */
    @ServerEndpoint("/v1")
    public static final class Echo {
        @OnMessage
        public String answer(String message) {
            return message;
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servletContext, container) -> container.addEndpoint(Echo.class));
        upstream.setHandler(context);
        upstream.start();
    }

    @AfterEach
    void stop() throws Exception {
        upstream.stop();
    }

    @Test
    void aProbeNeverArrivesAndTheEndOfTheProcessClosesTheSocket() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (RunningCommand serve = new RunningCommand(
                directory,
                "serve",
                "--upstream",
                "http://localhost:" + ((ServerConnector) upstream.getConnectors()[0]).getLocalPort(),
                "--keyword",
                "#undertone#=VIP")) {
            URI address =
                    URI.create(serve.address("public").resolve("/v1").toString().replaceFirst("http", "ws"));
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, new Listener(heard))
                    .get(20, TimeUnit.SECONDS);

            socket.sendText(FRAME.formatted("#undertone#"), true).join();
            socket.sendText(FRAME.formatted("hello"), true).join();

            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(FRAME.formatted("hello"));
        }
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("1001");
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
    }
}
