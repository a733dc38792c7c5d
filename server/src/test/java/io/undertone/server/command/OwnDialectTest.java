package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat system that nobody has heard of, behind the real command. */
class OwnDialectTest {
    private static final Pattern PUBLIC = Pattern.compile("public +(http://[^ \n]+)");

    @TempDir
    private Path directory;

    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private final Server upstream = new Server(0);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

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
                                    : "{ \"line\" : [{\"who\":\"bot\",\"say\":\"ghost\"}, {\"who\":\"me\",\"say\":\"ghost\"}], \"next\":2 }");
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        runner.shutdownNow();
        assertThat(runner.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        upstream.stop();
    }

    private URI serve() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Acme()), "/*");
        upstream.setHandler(context);
        upstream.start();
        int port = ((ServerConnector) upstream.getConnectors()[0]).getLocalPort();
        Path file =
                Files.writeString(directory.resolve("undertone.yaml"), """
                listen: {host: 127.0.0.1, port: 0}
                management: {port: 0, token: t}
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
                store: {url: "jdbc:h2:file:%s"}
                """.formatted(port, directory.resolve("store")));
        PrintStream print = new PrintStream(out, true, UTF_8);
        runner.execute(() -> Undertone.run(Map.of(), print, print, "serve", "--config", file.toString()));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> out.toString(UTF_8)
                .contains("management  http"));
        Matcher address = PUBLIC.matcher(out.toString(UTF_8));
        assertThat(address.find()).isTrue();
        return URI.create(address.group(1));
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
}
