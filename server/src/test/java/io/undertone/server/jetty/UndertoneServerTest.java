package io.undertone.server.jetty;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndertoneServerTest {
    private UndertoneServer server;

    @BeforeEach
    void start() throws IOException {
        UndertoneConfig config = ConfigReader.parse(
                "{listen: {host: 127.0.0.1, port: 0}, management: {port: 0, token: t0ken},"
                        + " routes: [{path: /genesys, upstream: 'http://localhost:1'}]}",
                Map.of("UNDERTONE_STORE_URL", "jdbc:h2:mem:" + UUID.randomUUID()));
        UndertoneApplication application = new UndertoneApplication(config, ManagementToken.obtain(config.management()))
                .addPublic("/broken", new Broken());
        server = UndertoneServer.start(config, application);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /broken HTTP/1.1                | 500
            POST /broken HTTP/1.1               | 405
            GET /genesys/%zz HTTP/1.1           | 400
            GET /genesys/..%2fother HTTP/1.1    | 400
            GET /nothing HTTP/1.1               | 404
            BREW / HTTP/9.9                     | 505
            """)
    void whatJettyRefusesItselfIsAProblemDocumentToo(String line, int status) throws IOException {
        String reply = exchange(server.publicPort(), line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(reply)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":" + status)
                .doesNotContainIgnoringCase("jetty", "<html", "exception", "secret");
    }

    @Test
    void aHeaderBeyondTheLimitIsRefused() throws IOException {
        String reply = exchange(
                server.publicPort(), "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void theHostHeaderDoesNotLeadToTheOtherSide() throws IOException {
        String reply = exchange(
                server.publicPort(),
                "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:" + server.managementPort()
                        + "\r\nConnection: close\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 404");
    }

    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("a secret detail");
        }
    }
}
