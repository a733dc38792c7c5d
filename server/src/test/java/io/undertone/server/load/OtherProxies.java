package io.undertone.server.load;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.webapp.config.DialectCatalogue;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.proxy.BodyPace;
import io.undertone.webapp.proxy.ChatProxyServlet;
import io.undertone.webapp.proxy.ClientAddresses;
import io.undertone.webapp.proxy.ExchangesInFlight;
import io.undertone.webapp.proxy.RouteTable;
import io.undertone.webapp.proxy.UpstreamClient;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Proxies on Jetty that Undertone is compared with, each in a process of its own: {@code NAME PORT UPSTREAM}. */
final class OtherProxies {
    private OtherProxies() {}

    public static void main(String[] arguments) throws Exception {
        Contender contender = Contender.valueOf(arguments[0]);
        URI upstream = URI.create(arguments[2]);
        Server server = new Server();
        server.addConnector(connector(server, Integer.parseInt(arguments[1])));
        ServletContextHandler context = new ServletContextHandler("/");
        Consumer<ServletContext> proxy =
                contender == Contender.UNFILTERED ? unfiltered(upstream) : transformer(upstream);
        context.addServletContainerInitializer((classes, servletContext) -> proxy.accept(servletContext));
        server.setHandler(context);
        server.start();
        server.join();
    }

    /** As the product's own listener, where it matters. */
    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setHeaderCacheSize(0);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        http1.setInputBufferSize(4_096);
        ServerConnector connector = new ServerConnector(server, http1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(90_000);
        return connector;
    }

    private static Consumer<ServletContext> unfiltered(URI upstream) {
        List<RouteConfig> routes = List.of(RouteConfig.toEverything(upstream, RouteConfig.DEFAULT_DIALECT));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ClientAddresses clients = new ClientAddresses(List.of());
        RouteTable table = new RouteTable(routes, DialectCatalogue.BUILT_IN, clients, System::nanoTime, meters);
        return context -> ChatProxyServlet.register(
                context,
                table,
                clients,
                new UpstreamClient(routes, meters),
                new ExchangesInFlight(),
                () -> new BodyPace(0, System::nanoTime));
    }

    private static Consumer<ServletContext> transformer(URI upstream) {
        return context -> {
            var registration = context.addServlet("proxy", new TreeTransformer(upstream.toString()));
            registration.setInitParameters(Map.of("maxThreads", "256", "maxConnections", "32768", "timeout", "0"));
            registration.setAsyncSupported(true);
            registration.addMapping("/*");
        };
    }
}
