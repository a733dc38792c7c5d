package io.undertone.server.sandbox;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running contact centre on loopback. The GMS fronts and the interaction server listen on ports of their own, so that
 * what customers are let through to cannot take ESP requests. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Server server;
    private final ServerConnector gms;
    private final ServerConnector interactionServer;
    private final ScheduledThreadPoolExecutor scheduler;
    private final SwitchesServlet switches;

    private Sandbox(SandboxSettings settings) {
        scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sandbox-agents");
            thread.setDaemon(true);
            return thread;
        });
        // After close, what an agent would still do is dropped.
        scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());

        InteractionServer interactions = new InteractionServer();
        Agents agents = new Agents(interactions, scheduler, settings.agentPace());
        List<ChatServer> chatServers = List.of(
                new ChatServer("ChatServer_A", "117", "7160", settings.clock(), interactions, agents::welcome),
                new ChatServer("ChatServer_B", "118", "7161", settings.clock(), interactions, agents::welcome));
        chatServers.forEach(interactions::connect);
        switches = new SwitchesServlet(chatServers, interactions);

        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("sandbox");
        threads.setDaemon(true);
        server = new Server(threads);
        gms = connector("gms", settings.gmsPort());
        interactionServer = connector("interaction-server", settings.interactionServerPort());

        ChatServers fronted = new ChatServers(chatServers);
        ServletContextHandler gmsContext = context(gms);
        gmsContext.insertHandler(compression());
        ServletHolder front = new ServletHolder(new GmsServlet(fronted, settings.clock()));
        front.getRegistration()
                .setMultipartConfig(new MultipartConfigElement(
                        null, SharedFiles.MAX_TOTAL_BYTES, SharedFiles.MAX_TOTAL_BYTES, 1 << 16));
        gmsContext.addServlet(front, "/genesys/2/chat/*");
        ChatChannel.offer(CometDFront.install(server, gmsContext, settings.connectHold()), fronted);

        ServletContextHandler interactionServerContext = context(interactionServer);
        interactionServerContext.addServlet(new ServletHolder(new EspServlet(interactions)), "/esp");
        interactionServerContext.addServlet(
                new ServletHolder(new InteractionsServlet(interactions)), "/interactions/*");
        server.setHandler(new ContextHandlerCollection(gmsContext, interactionServerContext));
    }

    /**
     * Opens the doors.
     *
     * @throws IOException if a port cannot be listened on; the message names it
     */
    public static Sandbox start(SandboxSettings settings) throws IOException {
        Sandbox sandbox = new Sandbox(settings);
        try {
            sandbox.server.start();
            return sandbox;
        } catch (IOException e) {
            sandbox.close();
            throw e;
        } catch (Exception e) {
            sandbox.close();
            throw new IOException("the sandbox does not start: " + e.getMessage(), e);
        }
    }

    /**
     * The GMS fronts without a path: the upstream of a proxy that keeps the customer's path, {@code /genesys/2/chat/…} and
     * {@code /genesys/cometd}.
     */
    public URI gms() {
        return URI.create("http://" + HOST + ":" + gms.getLocalPort());
    }

    /** Where ESP requests are posted. */
    public URI esp() {
        return URI.create(interactionServerUrl() + "/esp");
    }

    /** Where an interaction's user data is read, with {@code {InteractionId}} in it. */
    public String interactionUrl() {
        return interactionServerUrl() + "/interactions/{InteractionId}";
    }

    /** The state, the switches and the stored transcripts; to be mapped at {@code /sandbox/*} of the management side. */
    public HttpServlet switches() {
        return switches;
    }

    /** The customer's chat page; to be mapped at {@code /} of the public side. */
    public HttpServlet chatPage() {
        return new ChatPageServlet();
    }

    /** Hangs up on everyone. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the sandbox does not stop: " + e.getMessage(), e);
        }
    }

    private String interactionServerUrl() {
        return "http://" + HOST + ":" + interactionServer.getLocalPort();
    }

    private ServerConnector connector(String name, int port) {
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setName(name);
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    /** Replies are compressed for whoever asks for it, as the web servers before a GMS do. */
    private static CompressionHandler compression() {
        CompressionHandler handler = new CompressionHandler();
        handler.putCompression(new GzipCompression());
        handler.putConfiguration(
                "/*",
                CompressionConfig.builder()
                        .compressIncludeMethod("GET")
                        .compressIncludeMethod("POST")
                        .build());
        return handler;
    }

    /** A context that only one connector reaches. */
    private static ServletContextHandler context(ServerConnector connector) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setVirtualHosts(List.of("@" + connector.getName()));
        return context;
    }
}
