package io.undertone.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat system that nobody has heard of, behind the real command. */
class OwnDialectTest {
    @TempDir
    private Path directory;

    private final Server upstream = new Server(0);
    private @Nullable RunningCommand serve;

    /** Answers in one list of its own, as one document or as a stream of events. */
    private static final class Acme extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            boolean isStream = request.getRequestURI().endsWith("/events");
            response.setContentType(isStream ? "text/event-stream" : "application/json");
            response.getWriter()
                    .write(
                            isStream
                                    ? "id: 1\ndata: {\"say\":\"&#103;host\"}\n\nid: 2\ndata: {\"say\":\"hi\"}\n\n"
                                    : "{ \"line\" : [{\"who\":\"bot\",\"say\":\"ghost\"}, {\"who\":\"me\",\"say\":\"ghost\"},{\"who\":\"bot\",\"say\":\"spectre\"}], \"next\":2 }");
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        if (serve != null) {
            serve.close();
        }
        upstream.stop();
    }

    private URI serve() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Acme()), "/*");
        upstream.setHandler(context);
        upstream.start();
        int port = ((ServerConnector) upstream.getConnectors()[0]).getLocalPort();
        Path file = Files.writeString(directory.resolve("undertone.yaml"), """
                dialects:
                  - name: acme
                    chatPath: "/talk/([^/]+)(?:/events)?"
                    messages: line
                    frames: true
                    session: next
                    fields: {kind: who, text: say}
                    kinds: {me: Client}
                    decode: {say: html}
                routes: [{path: /, upstream: "http://127.0.0.1:%d", dialect: acme}]
                keywords: [{text: ghost}]
                """.formatted(port));
        serve = new RunningCommand(directory, "serve", "--config", file.toString(), "--keyword", "spectre");
        return serve.address("public");
    }

    private static String get(URI address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void anOperatorsDialectIsSpokenToCustomers() throws Exception {
        URI customers = serve();

        assertThat(get(customers.resolve("/talk/7")))
                .isEqualTo("{ \"line\" : [ {\"who\":\"me\",\"say\":\"ghost\"}], \"next\":2 }");
        assertThat(get(customers.resolve("/talk/7/events"))).isEqualTo("id: 1\n\nid: 2\ndata: {\"say\":\"hi\"}\n\n");
    }

    @Test
    void newKeywordsOfItsFileAreTakenOverAndThoseOfFlagsStay() throws Exception {
        URI chat = serve().resolve("/talk/7");

        Path file = directory.resolve("undertone.yaml");
        Files.writeString(file, Files.readString(file).replace("{text: ghost}", "{text: wraith}"));
        String shown =
                "{ \"line\" : [{\"who\":\"bot\",\"say\":\"ghost\"}, {\"who\":\"me\",\"say\":\"ghost\"}], \"next\":2 }";
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> get(chat), shown::equals);
    }
}
