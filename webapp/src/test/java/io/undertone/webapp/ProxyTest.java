package io.undertone.webapp;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.DialectCatalogue;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.proxy.ClientAddresses;
import io.undertone.webapp.proxy.RouteTable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A client, the proxy under test and an upstream, each on a free port. Everything is stopped after each test. */
public abstract class ProxyTest {
    protected static final ClientAddresses NOBODY_TRUSTED = new ClientAddresses(List.of());

    protected final MeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    protected final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** What an upstream does with one request. */
    @FunctionalInterface
    protected interface Upstream {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException;
    }

    @AfterEach
    void stopEverything() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    /** Starts an upstream and returns its URL. */
    protected URI startUpstream(Upstream upstream) throws Exception {
        HttpServlet servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                try {
                    upstream.answer(request, response);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        int port = start(Container.JETTY, 1, context -> {
                    var registration = context.addServlet("upstream", servlet);
                    registration.addMapping("/*");
                })
                .port();
        return URI.create("http://localhost:" + port);
    }

    protected Container.Running start(Container container, int connectors, Consumer<ServletContext> deployment)
            throws Exception {
        return stopLater(container.start(connectors, deployment));
    }

    protected <T extends AutoCloseable> T stopLater(T closeable) {
        started.push(closeable);
        return closeable;
    }

    /** The routes as they run, trusting no proxy. */
    protected RouteTable table(List<RouteConfig> routes) {
        return new RouteTable(routes, DialectCatalogue.BUILT_IN, NOBODY_TRUSTED, System::nanoTime, meters);
    }

    protected static List<RouteConfig> everythingTo(URI upstream) {
        return List.of(RouteConfig.toEverything(upstream, "auto"));
    }

    /** Sends raw bytes and reads until the peer closes. */
    protected static String exchange(int port, String request) throws IOException {
        return exchange(port, socket -> {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        });
    }

    /** What is done with a socket. */
    @FunctionalInterface
    protected interface Conversation<T> {
        T with(Socket socket) throws IOException;
    }

    protected static <T> T exchange(int port, Conversation<T> conversation) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            return conversation.with(socket);
        }
    }

    protected static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }
}
