package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.undertone.server.Curl;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own, told to stop while it is busy. */
class StopTest {
    private static final String POLL_REPLY =
            "{\"statusCode\":0,\"messages\":[],\"nextPosition\":3,\"chatEnded\":false}";
    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 64;

    @TempDir
    private Path directory;

    private final Server upstream = new Server(0);
    private final CountDownLatch pollIsHeld = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final HttpClient loadBalancer = HttpClient.newHttpClient();
    private final List<Process> customers = new ArrayList<>();
    private Path printed = Path.of("");
    private Path logged = Path.of("");
    private @Nullable Process process;

    /** Holds a poll, and sends a file slowly. */
    private final class Slow extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                if (request.getRequestURI().endsWith("/refresh")) {
                    pollIsHeld.countDown();
                    goOn.await();
                    response.setContentType("application/json");
                    response.getOutputStream().write(POLL_REPLY.getBytes(UTF_8));
                } else {
                    response.setContentType("application/octet-stream");
                    response.getOutputStream().write(new byte[BLOCK]);
                    response.flushBuffer();
                    goOn.await();
                    for (int count = 1; count < BLOCKS; count++) {
                        response.getOutputStream().write(new byte[BLOCK]);
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void startUpstream() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Slow()), "/*");
        upstream.setHandler(context);
        upstream.start();
    }

    @AfterEach
    void stopAll() throws Exception {
        goOn.countDown();
        if (process != null) {
            process.destroyForcibly();
        }
        customers.forEach(Process::destroyForcibly);
        upstream.stop();
    }

    private Process serve(Map<String, String> variables) throws Exception {
        printed = directory.resolve("out");
        logged = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Undertone.class.getName(),
                "serve",
                "--port",
                "0",
                "--management-port",
                "0",
                "--keyword",
                "#undertone#",
                "--upstream",
                "http://localhost:" + ((ServerConnector) upstream.getConnectors()[0]).getLocalPort()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(logged.toFile());
        builder.environment()
                .put(
                        "UNDERTONE_MANAGEMENT_TOKEN_FILE",
                        directory.resolve("token").toString());
        builder.environment().putAll(variables);
        Process started = builder.start();
        process = started;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(printed).contains("management  http") || !started.isAlive());
        return started;
    }

    private URI address(String listener) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + listener + " +(http://\\S+)").matcher(Files.readString(printed));
        assertThat(line.find()).as(Files.readString(logged)).isTrue();
        return URI.create(line.group(1));
    }

    /** Starts a customer, whose reply goes to a file. */
    private Process curl(String version, String path, String form, Path reply) throws IOException {
        Curl.isNeeded();
        Process customer = new ProcessBuilder(
                        "curl",
                        "-sSNi",
                        version,
                        "--data",
                        form,
                        address("public")
                                .resolve("/genesys/2/chat/support/c1/" + path)
                                .toString())
                .redirectOutput(reply.toFile())
                .start();
        customers.add(customer);
        return customer;
    }

    /** A poll that does not say from where on. */
    private Process poll() throws IOException {
        return curl("--http1.1", "refresh", "userId=u", directory.resolve("poll"));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private int readiness() throws Exception {
        return loadBalancer
                .send(
                        HttpRequest.newBuilder(address("management").resolve("/health/ready"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void whatIsInFlightIsFinishedAndTheExitCodeIsZero(String version) throws Exception {
        Process serve = serve(Map.of());
        Path pollReply = directory.resolve("poll");
        Path file = directory.resolve("file");
        Process poll = curl(version, "refresh", "userId=u", pollReply);
        Process download = curl(version, "file/7/download", "userId=u", file);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(file) > BLOCK);
        assertThat(pollIsHeld.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(readiness()).isEqualTo(200);

        signal(serve, "TERM");

        await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 503);
        await().atMost(Duration.ofSeconds(20)).until(this::newCustomersAreRefused);
        assertThat(poll.isAlive()).isTrue();
        goOn.countDown();
        assertThat(exitCode(poll)).isZero();
        assertThat(pollReply).content().endsWith("\r\n\r\n" + POLL_REPLY);
        assertThat(exitCode(download)).isZero();
        assertThat(Files.size(file)).isGreaterThan(BLOCK * BLOCKS);
        assertThat(exitCode(serve)).isZero();
        assertThat(Files.readString(logged)).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void aPollThatCanAskAgainIsAnsweredAtOnce(String version) throws Exception {
        Process serve = serve(Map.of("UNDERTONE_DRAIN_TIMEOUT", "1h"));
        Path pollReply = directory.resolve("poll");
        Process poll = curl(version, "refresh", "userId=u&secureKey=k&alias=117&transcriptPosition=3", pollReply);
        assertThat(pollIsHeld.await(20, TimeUnit.SECONDS)).isTrue();

        signal(serve, "TERM");

        assertThat(exitCode(serve)).isZero();
        assertThat(exitCode(poll)).isZero();
        assertThat(pollReply)
                .content()
                .contains(" 200")
                .endsWith(
                        "\r\n\r\n{\"statusCode\":0,\"alias\":\"117\",\"userId\":\"u\",\"secureKey\":\"k\",\"chatId\":\"c1\","
                                + "\"messages\":[],\"nextPosition\":3,\"chatEnded\":false}");
        assertThat(Files.readString(logged)).doesNotContain("WARN").doesNotContain("ERROR");
    }

    private boolean newCustomersAreRefused() throws Exception {
        try {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address("public")).build(), BodyHandlers.discarding());
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** A job that a shell began in the background hears no SIGINT, nor does what it starts (POSIX, Shell Language, 2.11). */
    private static boolean isIgnored(String name) throws IOException {
        // SIGINT is the second bit of the mask.
        Path status = Path.of("/proc/self/status");
        return name.equals("INT")
                && Files.exists(status)
                && Pattern.compile("(?m)^SigIgn:.*[2367abef]$")
                        .matcher(Files.readString(status))
                        .find();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aServerThatIsIdleStopsAtOnce(String name) throws Exception {
        assumeThat(isIgnored(name)).isFalse();
        Process serve = serve(Map.of());
        assertThat(readiness()).isEqualTo(200);

        signal(serve, name);

        assertThat(exitCode(serve)).isZero();
    }

    @Test
    void aSecondSignalDoesNotWait() throws Exception {
        Process serve = serve(Map.of());
        Process poll = poll();
        assertThat(pollIsHeld.await(20, TimeUnit.SECONDS)).isTrue();

        signal(serve, "TERM");
        await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 503);
        signal(serve, "TERM");

        assertThat(exitCode(serve)).isEqualTo(143);
        assertThat(exitCode(poll)).isNotZero();
    }

    @Test
    void whoWaitsTooLongIsToldToComeAgain() throws Exception {
        Process serve = serve(Map.of("UNDERTONE_DRAIN_TIMEOUT", "300ms"));
        Process poll = poll();
        assertThat(pollIsHeld.await(20, TimeUnit.SECONDS)).isTrue();

        signal(serve, "TERM");

        assertThat(exitCode(serve)).isZero();
        assertThat(exitCode(poll)).isZero();
        assertThat(directory.resolve("poll")).content().contains("HTTP/1.1 503", "Retry-After: 1", "\"status\":503");
        assertThat(Files.readString(logged)).contains("1 requests are given up: they took longer than drain.timeout");
    }

    @Test
    void beforeItStopsItGoesOnForAsLongAsLoadBalancersNeed() throws Exception {
        Process serve = serve(Map.of("UNDERTONE_DRAIN_DELAY", "1h"));
        signal(serve, "TERM");
        await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 503);

        Process poll = poll();
        goOn.countDown();

        assertThat(exitCode(poll)).isZero();
        assertThat(directory.resolve("poll")).content().endsWith("\r\n\r\n" + POLL_REPLY);
        assertThat(serve.isAlive()).isTrue();
    }
}
