package io.undertone.server.jetty;

import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The real server before an upstream, each on a free port. Everything is stopped after each test. */
abstract class ServerTest {
    @TempDir
    Path directory;

    final Deque<AutoCloseable> started = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init")
    UndertoneApplication application;

    /** What an upstream does with one request. */
    @FunctionalInterface
    interface Upstream {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException;
    }

    @AfterEach
    void stopEverything() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    /** Starts an upstream that speaks HTTP/1.1 in plain text, and returns its port. */
    int startUpstream(Upstream answering) throws Exception {
        return startUpstream(answering, server -> {
            ServerConnector connector = new ServerConnector(server);
            server.addConnector(connector);
            return connector;
        });
    }

    /** Starts an upstream behind a connector of one's own making. */
    int startUpstream(Upstream answering, ConnectorMaking making) throws Exception {
        Server upstream = new Server();
        ServerConnector connector = making.make(upstream);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        try {
                            answering.answer(request, response);
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }),
                "/*");
        upstream.setHandler(context);
        upstream.start();
        started.push(upstream::stop);
        return connector.getLocalPort();
    }

    /** Makes the connector of an upstream, and adds it. */
    @FunctionalInterface
    interface ConnectorMaking {
        ServerConnector make(Server server);
    }

    /** Starts the product with these lines of configuration and free ports. */
    UndertoneServer startServer(String listen, String rest) throws IOException {
        UndertoneConfig config = ConfigReader.parse(
                "listen: {host: 127.0.0.1, port: 0" + listen + "}\n"
                        + "management: {port: 0, token: t0ken}\n"
                        + "keywords: [{text: '#undertone#'}]\n"
                        + rest,
                Map.of());
        application = new UndertoneApplication(config, ManagementToken.obtain(config.management()));
        UndertoneServer server = UndertoneServer.start(config, application);
        started.push(server);
        return server;
    }

    /** Sends bytes as they are, and reads until the server closes. */
    static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
