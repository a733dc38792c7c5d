package io.undertone.server.jetty;

import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.Readiness;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An {@link UndertoneApplication} on two listeners: customers on the one, workflows and administrators on the other. What
 * one of them has cannot be reached through the other.
 */
public final class UndertoneServer implements AutoCloseable {
    /** How long requests in flight may take when the server stops. */
    private static final long STOP_TIMEOUT_MILLIS = 10_000;
    /** Longer than the proxy waits for an upstream, so that its answer comes first. */
    private static final long IDLE_TIMEOUT_MILLIS = 90_000;

    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private final Server server;
    private final ServerConnector publicConnector;
    private final ServerConnector managementConnector;

    private UndertoneServer(UndertoneConfig config, UndertoneApplication application) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("undertone");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        server = new Server(threads);
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);
        server.setStopAtShutdown(true);
        publicConnector =
                connector("public", config.listen().host(), config.listen().port());
        managementConnector = connector(
                "management", config.management().host(), config.management().port());
        ServletContextHandler publicContext = context("public", application::registerPublic);
        JakartaWebSocketServletContainerInitializer.configure(publicContext, null);
        server.setHandler(new GracefulHandler(new ContextHandlerCollection(
                publicContext, context("management", context -> application.registerManagement(context, "")))));
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                application.readiness().become(Readiness.State.READY);
            }

            @Override
            public void lifeCycleStopping(LifeCycle event) {
                application.drain();
            }

            @Override
            public void lifeCycleStopped(LifeCycle event) {
                application.close();
            }
        });
    }

    /**
     * Starts, and returns when connections are accepted on both listeners. The end of the process stops it in good order, and
     * the application ends with it.
     *
     * @throws ConfigException if an address cannot be listened on; it names the address and the mend
     */
    public static UndertoneServer start(UndertoneConfig config, UndertoneApplication application) {
        UndertoneServer undertone = new UndertoneServer(config, application);
        try {
            open(undertone.publicConnector, "listen.port, --port");
            open(undertone.managementConnector, "management.port, --management-port");
            undertone.server.start();
            return undertone;
        } catch (RuntimeException failure) {
            undertone.close();
            application.close();
            throw failure;
        } catch (Exception failure) {
            undertone.close();
            application.close();
            throw new IllegalStateException("the server does not start", failure);
        }
    }

    /** The port that customers reach, a real one where 0 was asked for. */
    public int publicPort() {
        return publicConnector.getLocalPort();
    }

    /** The port of the management side, a real one where 0 was asked for. */
    public int managementPort() {
        return managementConnector.getLocalPort();
    }

    /** Waits until the server has stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    /** Lets what is in flight finish for a while, and stops. */
    @Override
    public void close() {
        try {
            publicConnector.close();
            managementConnector.close();
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server does not stop", failure);
        }
    }

    private ServerConnector connector(String name, String host, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        http.setResponseHeaderSize(MOST_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setName(name);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        server.addConnector(connector);
        return connector;
    }

    /** A context that is there for one connector alone. */
    private static ServletContextHandler context(String connector, Consumer<ServletContext> registration) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setVirtualHosts(List.of("@" + connector));
        context.setErrorHandler(new ProblemErrorHandler());
        context.addServletContainerInitializer((classes, servletContext) -> registration.accept(servletContext));
        return context;
    }

    private static void open(ServerConnector connector, String options) {
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            String why = cause.getMessage() == null ? "no such address" : cause.getMessage();
            throw new ConfigException(List.of("cannot listen on " + connector.getHost() + ":" + connector.getPort()
                    + " (" + why + "); choose another port (" + options + "), 0 for a free one"));
        }
    }
}
