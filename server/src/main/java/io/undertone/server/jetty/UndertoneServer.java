package io.undertone.server.jetty;

import io.undertone.webapp.UndertoneApplication;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.LimitsConfig;
import io.undertone.webapp.config.ListenConfig;
import io.undertone.webapp.config.ManagementConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.Readiness;
import io.undertone.webapp.probe.Prober;
import io.undertone.webapp.proxy.ClientAddresses;
import io.undertone.webapp.proxy.UpstreamClient;
import io.undertone.webapp.tls.Identity;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link UndertoneApplication} on two listeners: customers on the one, workflows and administrators on the other. What
 * one of them has cannot be reached through the other.
 */
public final class UndertoneServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UndertoneServer.class);
    private static final String PUBLIC = "public";
    private static final String MANAGEMENT = "management";
    /** How long connections may take to close when nothing is in flight. */
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final Server server;
    private final UndertoneApplication application;
    private final List<ListenerTls> tls = new ArrayList<>();
    private final ServerConnector publicConnector;
    private final ServerConnector managementConnector;
    private final Drain drain;

    private UndertoneServer(UndertoneConfig config, UndertoneApplication application) {
        this.application = application;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("undertone");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        server = new Server(threads);
        server.setErrorHandler(new ProblemErrorHandler());
        server.setStopTimeout(CLOSE_TIMEOUT_MILLIS);
        ListenConfig listen = config.listen();
        ManagementConfig management = config.management();
        publicConnector = Connectors.make(
                server, PUBLIC, listen.host(), listen.port(), tls("listen", listen.tls()), listen.limits());
        if (listen.limits().connectionsPerAddress() > 0) {
            publicConnector.addBean(new ConnectionsPerAddress(
                    listen.limits().connectionsPerAddress(), new ClientAddresses(listen.trustedProxies())));
        }
        managementConnector = Connectors.make(
                server,
                MANAGEMENT,
                management.host(),
                management.port(),
                tls("management", management.tls()),
                LimitsConfig.DEFAULT);
        if (listen.accessLog() != null) {
            server.setRequestLog(AccessLog.to(listen.accessLog(), PUBLIC));
        }
        ServletContextHandler publicContext = context(PUBLIC, application::registerPublic);
        JakartaWebSocketServletContainerInitializer.configure(publicContext, null);
        GracefulHandler exchanges = new GracefulHandler(publicContext);
        server.setHandler(new Handler.Sequence(
                new GracefulHandler(context(MANAGEMENT, context -> application.registerManagement(context, ""))),
                exchanges));
        drain = new Drain(application, publicConnector, exchanges, config.drain());
    }

    private @Nullable ListenerTls tls(String listener, @Nullable Identity identity) {
        if (identity == null) {
            return null;
        }
        ListenerTls made = new ListenerTls(listener, identity, application.meters());
        tls.add(made);
        return made;
    }

    /**
     * Starts, and returns when connections are accepted on both listeners. The application ends with the server.
     *
     * @throws ConfigException if an address cannot be listened on, or a file cannot be used; it names it and the mend
     */
    public static UndertoneServer start(UndertoneConfig config, UndertoneApplication application) {
        UndertoneServer undertone = new UndertoneServer(config, application);
        try {
            openPublic(undertone.publicConnector);
            openManagement(undertone.managementConnector);
            undertone.server.start();
            application.readiness().become(Readiness.State.READY);
            return undertone;
        } catch (RuntimeException failure) {
            undertone.stop();
            throw failure;
        } catch (Exception failure) {
            undertone.stop();
            throw new IllegalStateException("the server does not start", failure);
        }
    }

    /**
     * Reads the files of keys and certificates, and the jars for probes, that a start would need, and starts nothing.
     *
     * @throws ConfigException if there is anything wrong with them
     */
    public static void checkFiles(UndertoneConfig config) {
        List<String> errors = new ArrayList<>();
        List<Runnable> checks = List.of(
                () -> ListenerTls.check(config),
                () -> UpstreamClient.checkFiles(config.routes()),
                () -> Prober.checkFiles(config.probe()));
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (ConfigException unusable) {
                errors.addAll(unusable.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    /**
     * Makes sure that both addresses can be listened on, and lets go of them: for whoever leaves something behind before the
     * start.
     *
     * @throws ConfigException if one cannot; it names it and the mend
     */
    public static void checkAddresses(UndertoneConfig config) {
        Server probing = new Server();
        try (ServerConnector customers = new ServerConnector(probing);
                ServerConnector management = new ServerConnector(probing)) {
            customers.setHost(config.listen().host());
            customers.setPort(config.listen().port());
            management.setHost(config.management().host());
            management.setPort(config.management().port());
            openPublic(customers);
            openManagement(management);
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

    /** Lets what is in flight finish, for as long as the configuration says, and stops. */
    @Override
    public void close() {
        drain.run();
        stop();
    }

    private void stop() {
        try {
            publicConnector.close();
            managementConnector.close();
            server.stop();
        } catch (Exception incomplete) {
            LOG.warn("some connections were cut", incomplete);
        }
        tls.forEach(ListenerTls::close);
        application.close();
    }

    /** A context that is there for one connector alone. */
    private static ServletContextHandler context(String connector, Consumer<ServletContext> registration) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setVirtualHosts(List.of("@" + connector));
        context.setErrorHandler(new ProblemErrorHandler());
        context.addServletContainerInitializer((classes, servletContext) -> registration.accept(servletContext));
        return context;
    }

    private static void openPublic(ServerConnector connector) {
        open(connector, "listen", "--port");
    }

    private static void openManagement(ServerConnector connector) {
        open(connector, "management", "--management-port");
    }

    /** @param section which of the file says where */
    private static void open(ServerConnector connector, String section, String flag) {
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            String why = cause.getMessage() == null ? "no such address" : cause.getMessage();
            boolean isForeign = cause instanceof UnresolvedAddressException || why.contains("assign requested address");
            String mend = isForeign
                    ? "name an address of this machine (" + section + ".host)"
                    : "choose another port (" + section + ".port, " + flag + "), 0 for a free one";
            throw new ConfigException(List.of(
                    "cannot listen on " + connector.getHost() + ":" + connector.getPort() + " (" + why + "); " + mend));
        }
    }
}
