package io.undertone.webapp;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;

/** The servlet containers that everything has to work in, started for real on free ports. They speak HTTP/1.1 and HTTP/2. */
public enum Container {
    JETTY {
        @Override
        public Running start(int connectors, Consumer<ServletContext> deployment) throws Exception {
            Server server = new Server();
            for (int count = 0; count < connectors; count++) {
                HttpConfiguration http = new HttpConfiguration();
                ServerConnector connector = new ServerConnector(
                        server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
                connector.setAcceptQueueSize(BACKLOG);
                server.addConnector(connector);
            }
            ServletContextHandler context = new ServletContextHandler("/");
            JakartaWebSocketServletContainerInitializer.configure(context, null);
            context.addServletContainerInitializer((classes, servletContext) -> deployment.accept(servletContext));
            server.setHandler(context);
            server.start();
            List<Integer> ports = new ArrayList<>();
            for (var connector : server.getConnectors()) {
                ports.add(((ServerConnector) connector).getLocalPort());
            }
            return new Running(ports, server::stop);
        }
    },
    TOMCAT {
        @Override
        public Running start(int connectors, Consumer<ServletContext> deployment) throws Exception {
            Path base = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(base.toString());
            tomcat.setSilent(true);
            List<Connector> made = new ArrayList<>();
            for (int count = 0; count < connectors; count++) {
                Connector connector = new Connector();
                connector.setPort(0);
                connector.setProperty("acceptCount", Integer.toString(BACKLOG));
                // It drops the trailers that it is not told of.
                connector.setProperty("allowedTrailerHeaders", "x-sum");
                connector.addUpgradeProtocol(new Http2Protocol());
                tomcat.getService().addConnector(connector);
                made.add(connector);
            }
            StandardContext context = (StandardContext) tomcat.addContext("", base.toString());
            // Its searches for leaks want to open up the JDK.
            context.setClearReferencesObjectStreamClassCaches(false);
            context.setClearReferencesRmiTargets(false);
            context.setClearReferencesThreadLocals(false);
            context.addServletContainerInitializer(new WsSci(), Set.of());
            context.addServletContainerInitializer(
                    (classes, servletContext) -> deployment.accept(servletContext), Set.of());
            tomcat.start();
            return new Running(made.stream().map(Connector::getLocalPort).toList(), () -> {
                tomcat.stop();
                tomcat.destroy();
                IO.delete(base);
            });
        }
    };

    /** For tests in which everybody comes at once. */
    private static final int BACKLOG = 1024;

    /** Starts with one context at the root. */
    public abstract Running start(int connectors, Consumer<ServletContext> deployment) throws Exception;

    /** A started container. */
    public record Running(List<Integer> ports, AutoCloseable stopping) implements AutoCloseable {
        public int port() {
            return ports.get(0);
        }

        @Override
        public void close() throws Exception {
            stopping.close();
        }
    }
}
