package io.undertone.server.sandbox;

import io.undertone.server.jetty.Certificates;
import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** What stands between a customer and an upstream. */
enum Deployment {
    /** Nothing at all. */
    DIRECT {
        @Override
        Running start(URI upstream, String dialect, Path directory) {
            return new Running(upstream, () -> {});
        }
    },
    /** Undertone as its own server. */
    JAR {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            return inThisProcess("http", yaml(upstream, dialect));
        }
    },
    /** As its own server, over TLS towards customers and HTTP/2 alone towards the upstream. */
    JAR_HTTP_2 {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            Path keyStore = new Certificates(directory).keyStore("server");
            return inThisProcess(
                    "https",
                    yaml(
                            ", tls: {keyStore: '" + keyStore + "', password: " + Certificates.PASSWORD + "}",
                            upstream,
                            dialect + ", http2: always"));
        }

        @Override
        boolean takes(CometDTransport transport) {
            return transport == CometDTransport.LONG_POLLING_HTTP_2;
        }
    },
    WAR_IN_TOMCAT_10_1 {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            return running(StockContainer.tomcat("10.", directory, yaml(upstream, dialect)));
        }
    },
    WAR_IN_TOMCAT_11 {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            return running(StockContainer.tomcat("11.", directory, yaml(upstream, dialect)));
        }
    },
    WAR_IN_JETTY {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            return running(StockContainer.jetty(directory, yaml(upstream, dialect)));
        }
    };

    /** Whether it starts in an instant. */
    boolean isInThisProcess() {
        return this == DIRECT || this == JAR || this == JAR_HTTP_2;
    }

    /** Whether customers of that transport can come in. */
    boolean takes(CometDTransport transport) {
        return true;
    }

    private static Running inThisProcess(String scheme, String yaml) throws IOException {
        UndertoneConfig config = ConfigReader.parse(yaml, Map.of());
        UndertoneServer server = UndertoneServer.start(
                config, new UndertoneApplication(config, ManagementToken.obtain(config.management())));
        return new Running(URI.create(scheme + "://127.0.0.1:" + server.publicPort()), server);
    }

    private static Running running(StockContainer container) {
        return new Running(container.address(), container);
    }

    /**
     * Starts it before an upstream that speaks the dialect.
     *
     * @param directory an empty one, for the container's own files
     */
    abstract Running start(URI upstream, String dialect, Path directory) throws Exception;

    private static String yaml(URI upstream, String dialect) {
        return yaml("", upstream, dialect);
    }

    private static String yaml(String listen, URI upstream, String dialect) {
        return """
                listen: {host: 127.0.0.1, port: 0%s}
                management: {port: 0, token: t0ken}
                routes: [{path: /, upstream: "%s", dialect: %s}]
                keywords: [{text: "#undertone#"}]
                hiddenParticipants: [{nickname: undertone}]
                """.formatted(listen, upstream, dialect);
    }

    /** @param customers where customers come in */
    record Running(URI customers, AutoCloseable stopping) implements AutoCloseable {
        /** All that a container has said. */
        String log() throws IOException {
            return stopping instanceof StockContainer container ? container.log() : "";
        }

        @Override
        public void close() {
            try {
                stopping.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
