package io.undertone.server.sandbox;

import io.undertone.server.jetty.UndertoneServer;
import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigReader;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementToken;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

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
            UndertoneConfig config = ConfigReader.parse(yaml(upstream, dialect), Map.of());
            UndertoneServer server = UndertoneServer.start(
                    config, new UndertoneApplication(config, ManagementToken.obtain(config.management())));
            return new Running(URI.create("http://127.0.0.1:" + server.publicPort()), server);
        }
    },
    /** Undertone as a web application in a stock Tomcat. */
    WAR {
        @Override
        Running start(URI upstream, String dialect, Path directory) throws Exception {
            Path config = Files.writeString(directory.resolve("undertone.yaml"), yaml(upstream, dialect));
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(directory.toString());
            tomcat.setAddDefaultWebXmlToWebapp(false);
            tomcat.setSilent(true);
            Connector customers = new Connector();
            customers.setPort(0);
            tomcat.getService().addConnector(customers);
            Context context = tomcat.addWebapp(
                    "", Path.of("../webapp/src/main/webapp").toAbsolutePath().toString());
            context.addParameter("UNDERTONE_CONFIG", config.toString());
            context.setParentClassLoader(Deployment.class.getClassLoader());
            // Its searches for leaks want to open up the JDK.
            ((StandardContext) context).setClearReferencesObjectStreamClassCaches(false);
            ((StandardContext) context).setClearReferencesRmiTargets(false);
            ((StandardContext) context).setClearReferencesThreadLocals(false);
            // This process's class path is no web application's, and Jetty's part of it is not Tomcat's.
            ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
            context.setContainerSciFilter("org\\.eclipse\\.jetty");
            tomcat.start();
            return new Running(URI.create("http://127.0.0.1:" + customers.getLocalPort()), () -> {
                tomcat.stop();
                tomcat.destroy();
            });
        }
    };

    /**
     * Starts it before an upstream that speaks the dialect.
     *
     * @param directory an empty one, for the container's own files
     */
    abstract Running start(URI upstream, String dialect, Path directory) throws Exception;

    private static String yaml(URI upstream, String dialect) {
        return """
                listen: {host: 127.0.0.1, port: 0}
                management: {port: 0, token: t0ken}
                routes: [{path: /, upstream: "%s", dialect: %s}]
                keywords: [{text: "#undertone#"}]
                hiddenParticipants: [{nickname: undertone}]
                """.formatted(upstream, dialect);
    }

    /** @param customers where customers come in */
    record Running(URI customers, AutoCloseable stopping) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            stopping.close();
        }
    }
}
