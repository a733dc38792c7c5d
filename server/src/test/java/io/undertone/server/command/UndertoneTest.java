package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The real command, in this process, on free ports. */
class UndertoneTest {
    private static final String TOKEN_FILE = "UNDERTONE_MANAGEMENT_TOKEN_FILE";

    @TempDir
    private Path directory;

    private final ExecutorService runner = Executors.newCachedThreadPool();
    private final List<Future<Integer>> served = new ArrayList<>();
    private final List<Thread> servingThreads = new CopyOnWriteArrayList<>();
    private final Server upstream = new Server(0);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stopAll() throws Exception {
        runner.shutdownNow();
        assertThat(runner.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        upstream.stop();
    }

    private String startUpstream() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Echo()), "/*");
        upstream.setHandler(context);
        upstream.start();
        return "http://localhost:" + ((ServerConnector) upstream.getConnectors()[0]).getLocalPort();
    }

    private Map<String, String> environment() {
        return Map.of(
                TOKEN_FILE,
                directory.resolve("token").toString(),
                "UNDERTONE_STORE_URL",
                "jdbc:h2:file:" + directory.resolve("store"));
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Undertone.run(
                environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }

    /** Starts {@code serve} on free ports, and returns when it has printed its last line. */
    private void serve(Map<String, String> environment, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--management-port", "0"));
        arguments.addAll(List.of(flags));
        Future<Integer> serving = runner.submit(() -> {
            servingThreads.add(Thread.currentThread());
            return run(environment, arguments.toArray(String[]::new));
        });
        served.add(serving);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> printed().contains("management  http") || serving.isDone());
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    private URI address(String listener) {
        MatchResult line = Pattern.compile(listener + " +(http://[^ \n]+)")
                .matcher(printed())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(printed() + err.toString(UTF_8)));
        return URI.create(line.group(1));
    }

    private HttpResponse<String> get(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void serveStandsBeforeTheUpstreamAndSaysWhere() throws Exception {
        String server = startUpstream();
        serve(environment(), "--upstream", server, "--keyword", "#undertone#=VIP");

        assertThat(printed()).contains("public      " + address("public") + "  -> " + server);
        assertThat(get(address("management").resolve("/health/ready")).statusCode())
                .isEqualTo(200);
        assertThat(get(address("public").resolve("/genesys/2/chat/x?y=z")).body())
                .isEqualTo("GET /genesys/2/chat/x?y=z");
        assertThat(served.get(0)).isNotDone();
    }

    @Test
    void theTokenIsPrintedWhenItIsMadeAndNeverAgain() throws Exception {
        String server = startUpstream();
        serve(environment(), "--upstream", server);
        String token = Files.readString(directory.resolve("token")).strip();
        assertThat(printed()).contains("token       " + token);
        assertThat(get(address("management").resolve("/metrics"), "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(address("management").resolve("/metrics")).statusCode()).isEqualTo(401);

        out.reset();
        serve(environment(), "--upstream", server);
        assertThat(printed()).contains("management").doesNotContain(token);
    }

    @Test
    void neitherSideIsReachedThroughTheOther() throws Exception {
        serve(environment(), "--upstream", startUpstream());

        assertThat(get(address("public").resolve("/health/ready")).body()).isEqualTo("GET /health/ready");
        assertThat(get(address("public").resolve("/metrics")).body()).isEqualTo("GET /metrics");
        assertThat(get(address("management").resolve("/genesys/2/chat")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUpstreamThatIsDownAtTheStartIsNoError() throws Exception {
        serve(environment(), "--upstream", "http://localhost:" + freePort());

        assertThat(get(address("management").resolve("/health/ready")).statusCode())
                .isEqualTo(200);
        assertThat(get(address("public").resolve("/genesys")).statusCode()).isEqualTo(502);
    }

    @Test
    void whoIsToldToStopStopsInGoodOrder() throws Exception {
        serve(environment(), "--upstream", startUpstream());

        servingThreads.forEach(Thread::interrupt);

        assertThat(served.get(0).get(20, TimeUnit.SECONDS)).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void serveReadsTheFileThatTheEnvironmentNamesAndFlagsWinOverIt() throws Exception {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "listen: {port: 1}\nmanagement: {port: 2}\nroutes: [{path: /genesys, upstream: '" + startUpstream()
                        + "'}]");
        Map<String, String> withFile = new HashMap<>(environment());
        withFile.put("UNDERTONE_CONFIG", file.toString());
        serve(withFile);

        assertThat(get(address("public").resolve("/genesys/x")).body()).isEqualTo("GET /genesys/x");
        assertThat(get(address("public").resolve("/other")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            serve                                               | undertone: routes: there is none; name one in the file, or all by --upstream http://HOST:PORT
            serve --upstream htp:/x                             | undertone: --upstream: "htp:/x" is not a URL; write http://HOST:PORT; see 'undertone serve --help'
            serve --upstream http://x --prot=1                  | undertone: Unknown option: '--prot=1'; did you mean --port?
            serve --upstream http://x --keyword a=ALL           | undertone: --keyword: "a=ALL" ends with the visibility ALL; write TEXT=INT or TEXT=VIP; see 'undertone serve --help'
            serve --upstream http://x --keyword =VIP            | undertone: --keyword: "=VIP" has no text; write TEXT=INT or TEXT=VIP; see 'undertone serve --help'
            serve --upstream http://x --port 70000              | undertone: --port: "70000" is not a whole number from 0 to 65535; see 'undertone serve --help'
            serve --upstream http://x --dialect gms             | undertone: --dialect: "gms" is no dialect; there are
            serve --dialect auto                                | undertone: '--dialect' says what an '--upstream' speaks: name one; see 'undertone serve --help'
            serve --config /nowhere/undertone.yaml              | undertone: /nowhere/undertone.yaml does not exist; name a file that does
            serve --upstream http://x --management-port PORT    | undertone: cannot listen on 127.0.0.1:PORT (Address already in use); choose another port
            check --config /dev/null                            | undertone: routes: there is none; name one in the file
            check                                               | undertone: no file is named: say '--config FILE' or set UNDERTONE_CONFIG; see 'undertone check --help'
            chekc                                               | undertone: Unmatched argument at index 0: 'chekc'; did you mean check?
            """)
    void aCallersMistakeIsOneLineWithItsMendAndExitCode2(String line, String message) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            String[] arguments = line.replace("PORT", port).split(" ");
            if (arguments[0].equals("serve") && !line.contains("--port")) {
                arguments = (line.replace("PORT", port) + " --port 0").split(" ");
            }

            assertThat(run(environment(), arguments)).isEqualTo(2);
        }
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith(
                        message.contains(":PORT") && line.contains("management-port")
                                ? message.substring(0, message.indexOf(":PORT"))
                                : message);
        assertThat(printed()).isEmpty();
        assertThat(directory.resolve("token")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"listen, 203.0.113.7", "management, 300.1.1.1"})
    void anAddressOfAnotherMachineIsToldAsSuch(String section, String host) throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "listen: {port: 0%s}\nmanagement: {port: 0%s}\nroutes: [{path: /, upstream: 'http://localhost:1'}]"
                        .formatted(
                                section.equals("listen") ? ", host: " + host : "",
                                section.equals("management") ? ", host: " + host : ""));

        assertThat(run(environment(), "serve", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("undertone: cannot listen on " + host + ":0 (")
                .endsWith("); name an address of this machine (" + section + ".host)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void aDirectoryWithoutTheSdkIsTheCallersMistake(String command) throws IOException {
        Path jars = Files.createDirectory(directory.resolve("jars"));
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "listen: {port: 0}\nmanagement: {port: 0}\nroutes: [{path: /, upstream: 'http://localhost:1'}]\n"
                        + "probe: {transport: psdk, visibility: VIP, psdk: {jars: '" + jars
                        + "', endpoint: 'localhost:1'}}");

        assertThat(run(environment(), command, "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("undertone: probe.psdk.jars: " + jars + " holds no jar; put those of the vendor's");
        assertThat(printed()).isEmpty();
        assertThat(directory.resolve("token")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void certificatesThatAreNotThereAreTheCallersMistake(String command) throws IOException {
        Path trust = directory.resolve("authorities.pem");
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "listen: {port: 0}\nmanagement: {port: 0}\nroutes: [{path: /, upstream: 'https://localhost:1', tls: {trust: '"
                        + trust + "'}}]");

        assertThat(run(environment(), command, "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("undertone: tls.trust of the route /: " + trust);
        assertThat(printed()).isEmpty();
        assertThat(directory.resolve("token")).doesNotExist();
    }

    @Test
    void checkNamesEveryErrorOfTheFileWithItsPath() throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"), "listen: {prot: 1}\nroutes: [{path: /, upstream: \"htp:/x\"}]");

        assertThat(run(environment(), "check", "--config", file.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .containsExactlyInAnyOrder(
                        "undertone: listen.prot is not an option; did you mean 'port'?",
                        "undertone: routes[0].upstream: \"htp:/x\" is not a URL; write http://HOST:PORT");
        assertThat(printed()).isEmpty();
    }

    @Test
    void checkIsContentWithAGoodFileAndStartsNothing() throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "routes: [{path: /, upstream: 'http://localhost:1'}]\nkeywords: [{text: '#undertone#'}]");

        assertThat(run(environment(), "check", "--config", file.toString())).isZero();

        assertThat(printed()).isEqualTo("ok" + System.lineSeparator());
        assertThat(directory.resolve("token")).doesNotExist();
    }

    @Test
    void checkReadsTheFileThatTheEnvironmentNamesAndWarnsWhereNothingIsHidden() throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"), "routes: [{path: /, upstream: 'http://localhost:1'}]");

        assertThat(run(Map.of("UNDERTONE_CONFIG", file.toString()), "check")).isZero();

        assertThat(printed().lines())
                .containsExactly("warning: keywords: none, so nothing will be hidden; name one in the file", "ok");
    }

    @Test
    void checkWarnsOfAVariableThatIsNoOption() throws IOException {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "routes: [{path: /, upstream: 'http://localhost:1'}]\nkeywords: [{text: '#undertone#'}]");

        assertThat(run(Map.of("UNDERTONE_DIALECT_0_NAME", "ours"), "check", "--config", file.toString()))
                .isZero();

        assertThat(printed().lines())
                .containsExactly(
                        "warning: UNDERTONE_DIALECT_0_NAME is not an option, and changes nothing;"
                                + " did you mean UNDERTONE_DIALECTS_0_NAME?",
                        "ok");
    }

    @Test
    void serveWarnsOfItInTheLogOnce() throws Exception {
        Path file = Files.writeString(
                directory.resolve("undertone.yaml"),
                "routes: [{path: /, upstream: 'http://localhost:1'}]\nkeywords: [{text: '#undertone#'}]");
        Map<String, String> variables = new HashMap<>(environment());
        variables.put("UNDERTONE_DIALECT_0_NAME", "ours");
        Logger logger = (Logger) LoggerFactory.getLogger(ServeCommand.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
        try {
            serve(variables, "--config", file.toString());
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }

        assertThat(served.get(0)).isNotDone();
        assertThat(lines.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly("[WARN] UNDERTONE_DIALECT_0_NAME is not an option, and changes nothing;"
                        + " did you mean UNDERTONE_DIALECTS_0_NAME?");
    }

    @Test
    void serveSaysThatItHidesNothingOnlyWhereThatIsSo() throws Exception {
        String server = startUpstream();
        serve(environment(), "--upstream", server);
        assertThat(printed().lines())
                .containsSubsequence(
                        "keywords    none: nothing will be hidden; name one by --keyword TEXT or in the file",
                        "public      " + address("public") + "  -> " + server);

        out.reset();
        serve(environment(), "--upstream", server, "--keyword", "#undertone#");
        assertThat(printed()).contains("management").doesNotContain("keywords ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
