package io.undertone.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The WAR in a servlet container as its makers deliver it, in a process of its own. */
final class StockContainer implements AutoCloseable {
    private static final Path CONTAINERS = Path.of("target/containers").toAbsolutePath();
    private static final Path WAR = Path.of("../webapp/target/undertone.war").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;
    private final int port;

    private StockContainer(Path base, int port, List<String> command) throws IOException {
        this.log = base.resolve("log");
        this.port = port;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("UNDERTONE_CONFIG", base.resolve("undertone.yaml").toString());
        this.process = builder.start();
        await().atMost(PATIENCE).until(() -> isServing() || !process.isAlive());
        assertThat(process.isAlive()).as(log()).isTrue();
    }

    /**
     * Starts a Tomcat, and returns when it takes requests.
     *
     * @param line of its versions, such as {@code 10.}
     * @param base an empty directory
     */
    static StockContainer tomcat(String line, Path base, String undertoneYaml) throws IOException {
        Path home = home("apache-tomcat-" + line);
        int port = freePort();
        Path conf = Files.createDirectories(base.resolve("conf"));
        Files.createDirectories(base.resolve("temp"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.writeString(conf.resolve("server.xml"), """
                <Server port="-1">
                  <Service name="Catalina">
                    <Connector port="%d" address="127.0.0.1">
                      <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                    </Connector>
                    <Engine name="Catalina" defaultHost="localhost">
                      <Host name="localhost" appBase="webapps" autoDeploy="false"/>
                    </Engine>
                  </Service>
                </Server>
                """.formatted(port));
        deploy(base, undertoneYaml);
        return new StockContainer(
                base,
                port,
                java(
                        // As its own script has them: it looks for what a web application leaves behind.
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                        "-Dcatalina.home=" + home,
                        "-Dcatalina.base=" + base,
                        "-Djava.io.tmpdir=" + base.resolve("temp"),
                        "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                        "-Djava.util.logging.config.file=" + home.resolve("conf/logging.properties"),
                        "-cp",
                        home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                        "org.apache.catalina.startup.Bootstrap",
                        "start"));
    }

    /** As {@link #tomcat}, a Jetty. */
    static StockContainer jetty(Path base, String undertoneYaml) throws IOException {
        int port = freePort();
        deploy(base, undertoneYaml);
        Path temp = Files.createDirectories(base.resolve("temp"));
        return new StockContainer(
                base,
                port,
                java(
                        "-Djava.io.tmpdir=" + temp,
                        "-jar",
                        home("jetty-home-").resolve("start.jar").toString(),
                        "jetty.base=" + base,
                        "jetty.http.host=127.0.0.1",
                        "jetty.http.port=" + port,
                        // What stands behind these belongs to the web applications' environment alone.
                        "jetty.server.stopTimeout=20000",
                        "--modules=http,http2c,graceful,ee10-deploy,ee10-websocket-jakarta"));
    }

    private static Path home(String name) throws IOException {
        try (Stream<Path> unpacked = Files.list(CONTAINERS)) {
            return unpacked.filter(path -> path.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void deploy(Path base, String undertoneYaml) throws IOException {
        assertThat(WAR).as("what mvn -pl webapp package makes").exists();
        Files.writeString(base.resolve("undertone.yaml"), undertoneYaml);
        Files.copy(WAR, Files.createDirectories(base.resolve("webapps")).resolve("ROOT.war"));
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** A container's connectors have fixed ports. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** By a whole reply: a connection to a port that nobody listens on may be one to itself. */
    private boolean isServing() throws InterruptedException {
        HttpRequest anything =
                HttpRequest.newBuilder(address()).timeout(Duration.ofSeconds(5)).build();
        try {
            HttpClient.newHttpClient().send(anything, BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** All that it has said. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
