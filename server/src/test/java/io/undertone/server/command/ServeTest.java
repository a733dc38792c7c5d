package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product before an upstream that answers with long chats; what comes out is compared byte by byte. */
class ServeTest {
    @TempDir
    private Path directory;

    private final Server upstream = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private String before = "";
    private String after = "";
    private RunningCommand serve;

    /** Answers every operation with the same transcript, by a length or in chunks. */
    private final class Transcripts extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            byte[] body = before.getBytes(UTF_8);
            response.setContentType("application/json;charset=utf-8");
            if (request.getQueryString() != null) {
                response.getOutputStream().write(body, 0, body.length / 2);
                response.flushBuffer();
                response.getOutputStream().write(body, body.length / 2, body.length - body.length / 2);
            } else {
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Transcripts()), "/*");
        upstream.setHandler(context);
        upstream.start();
        writeTranscript(new Random(17));
        serve = new RunningCommand(
                directory,
                "serve",
                "--upstream",
                "http://localhost:" + ((ServerConnector) upstream.getConnectors()[0]).getLocalPort(),
                "--keyword",
                "#undertone#=VIP");
    }

    @AfterEach
    void stop() throws Exception {
        serve.close();
        upstream.stop();
    }

    private void writeTranscript(Random random) {
        List<String> all = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        String[] texts = {"hello", "Grüße, 漢字 😀", "a \\\"quote\\\" and a \\\\", "1.0E+2 \\u00e9", "#under tone#"};
        String[] hidden = {"#undertone#", "x #UNDERTONE# y", "#under\\u00ADtone#", "\\u0023undertone#", "#𝗎ndertone#"};
        for (int index = 1; index <= 4000; index++) {
            boolean isProbe = random.nextInt(9) == 0;
            boolean isCustomers = !isProbe && random.nextInt(3) == 0;
            String text = isProbe || (isCustomers && random.nextBoolean())
                    ? hidden[random.nextInt(hidden.length)]
                    : texts[random.nextInt(texts.length)];
            String message =
                    "{\"from\":{\"nickname\":\"n\",\"participantId\":%d,\"type\":\"%s\"},\"index\":%d, \"utcTime\":9007199254740993,\"text\":\"%s\",\"unknown\":[1.50,null]}"
                            .formatted(index % 5, isCustomers ? "Client" : isProbe ? "External" : "Agent", index, text);
            all.add(message);
            if (!isProbe) {
                seen.add(message);
            }
        }
        before = document(all);
        after = document(seen);
    }

    private static String document(List<String> messages) {
        return "{\"statusCode\" : 0,\"alias\":\"117\",\"messages\":["
                + messages.stream().collect(Collectors.joining(",\n")) + "],\"nextPosition\":4001,\"chatEnded\":false}";
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(serve.address("public").resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("userId=1&secureKey=k&alias=117&transcriptPosition=1"))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/c1/send",
                "/c1/refresh",
                "/c1/startTyping",
                "/c1/stopTyping",
                "/c1/disconnect",
                "/c1/pushUrl",
                "/c1/updateNickname",
                "/c1/customNotice",
                "/c1/updateData",
                "/c1/readReceipt",
                "/c1/file/limits",
                "/c1/file",
                "/c1/file/7/delete"
            })
    void everyReplyHoldsWhatIsLeftToTheByte(String operation) throws Exception {
        for (String base : new String[] {"/genesys/2/chat/support", "/gms/sote/genesys/2/chat/support"}) {
            assertThat(post(base + operation).body()).isEqualTo(after);
            assertThat(post(base + operation + "?chunked").body()).isEqualTo(after);
        }
    }

    @Test
    void anUpstreamThatIsDownIsABadGatewayUntilItIsUp() throws Exception {
        int port = ((ServerConnector) upstream.getConnectors()[0]).getLocalPort();
        upstream.stop();
        HttpResponse<String> down = post("/genesys/2/chat/support");
        assertThat(down.statusCode()).isEqualTo(502);
        assertThat(down.headers().firstValue("Content-Type")).contains("application/problem+json");
        ((ServerConnector) upstream.getConnectors()[0]).setPort(port);
        upstream.start();
        assertThat(post("/genesys/2/chat/support").body()).isEqualTo(after);
    }
}
