package io.undertone.webapp.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.undertone.webapp.ProxyTest;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.naming.NamingException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.SimpleInstanceManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The WAR's own web.xml in a stock Tomcat with a second connector. */
class WarListenerTest extends ProxyTest {
    @TempDir
    private Path directory;

    @Test
    void eachSideAnswersOnItsOwnConnectorOnly() throws Exception {
        URI upstream = startUpstream((request, response) ->
                response.getOutputStream().write(("upstream " + request.getRequestURI()).getBytes(UTF_8)));
        int managementPort = freePort();
        Path config = Files.writeString(directory.resolve("undertone.yaml"), """
                management: {port: %d, token: t0ken}
                routes: [{path: /, upstream: "%s"}]
                store: {url: "jdbc:h2:file:%s"}
                """.formatted(
                        managementPort, upstream, directory.resolve("store")));
        int publicPort = startTomcat(config, managementPort);

        assertThat(get(publicPort, "/genesys/2/chat/x").body()).isEqualTo("upstream /genesys/2/chat/x");
        assertThat(get(publicPort, "/undertonex").body()).isEqualTo("upstream /undertonex");
        assertThat(get(publicPort, "/undertone/health/ready").statusCode()).isEqualTo(404);
        assertThat(get(publicPort, "/undertone").statusCode()).isEqualTo(404);
        assertThat(get(publicPort, "/%75ndertone/metrics").statusCode()).isEqualTo(404);

        assertThat(get(managementPort, "/undertone/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(managementPort, "/undertone/metrics").statusCode()).isEqualTo(401);
        assertThat(client.send(
                                request(managementPort, "/undertone/metrics")
                                        .header("Authorization", "Bearer t0ken")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(managementPort, "/genesys/2/chat/x").statusCode()).isEqualTo(404);
    }

    @Test
    void newKeywordsOfItsFileAreTakenOver() throws Exception {
        URI upstream = startUpstream((request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream()
                    .write("{\"messages\":[{\"text\":\"#new#\",\"from\":{\"type\":\"Agent\"}}]}".getBytes(UTF_8));
        });
        String yaml = """
                management: {token: t0ken}
                routes: [{path: /, upstream: "%s"}]
                keywords: [{text: "#old#"}]
                store: {url: "jdbc:h2:file:%s"}
                """.formatted(upstream, directory.resolve("store"));
        Path config = Files.writeString(directory.resolve("undertone.yaml"), yaml);
        int port = startTomcat(config, 0);
        assertThat(get(port, "/2/chat/x").body()).contains("#new#");

        Files.writeString(config, yaml.replace("#old#", "#new#"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(port, "/2/chat/x").body(), "{\"messages\":[]}"::equals);
    }

    @Test
    void aVariableThatIsNoOptionIsToldInTheLog() throws Exception {
        Path config = Files.writeString(directory.resolve("undertone.yaml"), """
                management: {token: t0ken}
                routes: [{path: /, upstream: "http://localhost:1"}]
                store: {url: "jdbc:h2:file:%s"}
                """.formatted(directory.resolve("store")));
        Logger logger = (Logger) LoggerFactory.getLogger(WarListener.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            startTomcat(config, 0, Map.of("UNDERTONE_MANAGER", "me", "UNDERTONE_SERVICE_HOST", "10.0.0.1"));
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[WARN] UNDERTONE_MANAGER is not an option, and changes nothing; mend its name, or leave it out");
    }

    private int startTomcat(Path config, int managementPort) throws Exception {
        return startTomcat(config, managementPort, Map.of());
    }

    private int startTomcat(Path config, int managementPort, Map<String, String> environment) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.setSilent(true);
        Connector customers = new Connector();
        customers.setPort(0);
        tomcat.getService().addConnector(customers);
        Connector management = new Connector();
        management.setPort(managementPort);
        tomcat.getService().addConnector(management);
        Context context = tomcat.addWebapp("", new File("src/main/webapp").getAbsolutePath());
        context.addParameter("UNDERTONE_CONFIG", config.toString());
        context.setParentClassLoader(WarListenerTest.class.getClassLoader());
        context.setInstanceManager(new SimpleInstanceManager() {
            @Override
            public Object newInstance(String className)
                    throws IllegalAccessException, InvocationTargetException, NamingException, InstantiationException,
                            ClassNotFoundException, NoSuchMethodException {
                return className.equals(WarListener.class.getName())
                        ? new WarListener(environment)
                        : super.newInstance(className);
            }
        });
        // Of the tests' class path, not of the WAR: Jetty's own WebSockets.
        context.setContainerSciFilter("org\\.eclipse\\.jetty");
        stopLater(() -> {
            tomcat.stop();
            tomcat.destroy();
        });
        tomcat.start();
        return customers.getLocalPort();
    }

    /** A container's connectors have fixed ports, and the file names the second one. */
    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }
}
