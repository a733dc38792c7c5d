package io.undertone.webapp;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.filters.payload.ChatMemories;
import io.undertone.filters.servlet.VeilFilter;
import io.undertone.filters.servlet.VeilListener;
import io.undertone.filters.servlet.VeilRoute;
import io.undertone.webapp.config.ConfigException;
import io.undertone.webapp.config.RequestRate;
import io.undertone.webapp.config.RouteConfig;
import io.undertone.webapp.config.UndertoneConfig;
import io.undertone.webapp.management.ManagementSide;
import io.undertone.webapp.management.ManagementToken;
import io.undertone.webapp.management.Readiness;
import io.undertone.webapp.page.Page;
import io.undertone.webapp.probe.BatchServlet;
import io.undertone.webapp.probe.ProbeMemory;
import io.undertone.webapp.probe.ProbePageServlet;
import io.undertone.webapp.probe.ProbeServlet;
import io.undertone.webapp.probe.ProbeTextServlet;
import io.undertone.webapp.probe.Prober;
import io.undertone.webapp.probe.Sightings;
import io.undertone.webapp.probe.Timing;
import io.undertone.webapp.proxy.BodyPace;
import io.undertone.webapp.proxy.ChatProxyServlet;
import io.undertone.webapp.proxy.ClientAddresses;
import io.undertone.webapp.proxy.ExchangesInFlight;
import io.undertone.webapp.proxy.Route;
import io.undertone.webapp.proxy.RouteTable;
import io.undertone.webapp.proxy.UpstreamClient;
import io.undertone.webapp.relay.RelayFilter;
import io.undertone.webapp.relay.WebSocketRelay;
import io.undertone.webapp.reload.FileWatch;
import io.undertone.webapp.store.Store;
import io.undertone.webapp.store.StoredSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.ClientConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole of Undertone but the container: the veil before the proxy on the public side, and the management side. Both may
 * be registered in one servlet context or in one each.
 *
 * <p>Servlets are added before the sides are registered, by one thread.
 */
public final class UndertoneApplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UndertoneApplication.class);
    private static final long STOP_MILLIS = 3_000;
    private static final String FALLBACK = "/";
    private static final String PROBE = "/api/v1/probe";

    private final UndertoneConfig config;
    private final ManagementToken token;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LiveKeywords keywords;
    private final List<FileWatch> watches = new ArrayList<>();
    private final ScheduledExecutorService scheduler = scheduler("undertone-probe");
    private final ScheduledExecutorService pings = scheduler("undertone-pings");
    private final Store store;
    private final Sightings sightings;
    private final WebSocketRelay relay;
    private final Prober prober;
    private final ClientAddresses clients;
    private final UpstreamClient upstreams;
    private final ExchangesInFlight exchanges = new ExchangesInFlight();
    private final Readiness readiness = new Readiness();
    private final Map<String, HttpServlet> publicServlets = new LinkedHashMap<>();
    private final Map<String, HttpServlet> managementServlets = new LinkedHashMap<>();

    public UndertoneApplication(UndertoneConfig config, ManagementToken token) {
        this.config = config;
        this.token = token;
        this.keywords = new LiveKeywords(config, meters);
        // Before anything is opened: it may be that there is a file that cannot be used.
        upstreams = new UpstreamClient(config.routes(), meters);
        store = Store.open(config.store(), meters);
        sightings = Sightings.of(config.probe(), store, Clock.systemUTC(), Ticker.systemTicker(), meters);
        prober = orClose(() -> Prober.of(
                config.probe(), sightings, ProbeMemory.in(store, config.probe()), Timing.system(scheduler), meters));
        clients = new ClientAddresses(config.listen().trustedProxies());
        readiness.note("store", () -> store.isUp() ? "up" : "lost");
        relay = new WebSocketRelay(
                config.webSocket(), upstreams.newSocketClient(new ClientConnector()), clients, pings, meters);
        addManagement(PROBE, new ProbeServlet(prober));
        addManagement(PROBE + "/batch", new BatchServlet(prober));
        prober.reports().ifPresent(reports -> addManagement(PROBE + "/text", new ProbeTextServlet(reports)));
        addManagement("/probe", new ProbePageServlet(prober));
    }

    /** Makes a part that may refuse its configuration: what was opened before it does not outlive this application. */
    private <T> T orClose(Supplier<T> part) {
        try {
            return part.get();
        } catch (RuntimeException refused) {
            stop(scheduler);
            closeOpened();
            throw refused;
        }
    }

    private static ScheduledExecutorService scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    /** Where everything that is counted is counted. */
    public MeterRegistry meters() {
        return meters;
    }

    /** To be told by whoever accepts the connections. */
    public Readiness readiness() {
        return readiness;
    }

    /**
     * Has the keywords and hidden participants of a file taken over whenever it changes, for all that is judged from then on.
     * A file with an error in it changes nothing. Everything else in it waits for the next start.
     *
     * @param file what the application was configured by
     * @param reading reads it again, with all that is laid over it
     * @throws ConfigException if the file has changed since, and cannot be used
     */
    public void follow(Path file, Supplier<UndertoneConfig> reading) {
        watches.add(FileWatch.start(
                "keywords",
                List.of(file),
                () -> {
                    // Flags alone would make a whole configuration of it.
                    if (Files.size(file) == 0) {
                        throw new ConfigException(List.of(file + " is empty; write it anew"));
                    }
                    keywords.takeOver(reading.get());
                },
                meters));
        UndertoneConfig now = reading.get();
        if (!now.equals(config)) {
            // It was written while this application was made, and nobody watched.
            keywords.takeOver(now);
        }
    }

    /** Adds a servlet to the public side, beside the routes; {@code /} for all paths that no route covers. */
    public UndertoneApplication addPublic(String pattern, HttpServlet servlet) {
        publicServlets.put(pattern, servlet);
        return this;
    }

    /** Adds a servlet to the management side, behind the token; the pattern is counted from its prefix. */
    public UndertoneApplication addManagement(String pattern, HttpServlet servlet) {
        managementServlets.put(pattern, servlet);
        return this;
    }

    /** Registers the public side: the proxy, with the veil before it. */
    public void registerPublic(ServletContext context) {
        RouteTable routes = new RouteTable(config.routes(), config.dialects(), clients, System::nanoTime, meters);
        routes.shareSessions(new StoredSessions(store));
        Function<HttpServletRequest, Optional<VeilRoute>> veiling = veiling(routes);
        VeilListener listener = veilListener();
        ChatMemories memories = new ChatMemories();
        ServletRegistration.Dynamic proxy = ChatProxyServlet.register(
                context,
                routes,
                clients,
                upstreams,
                exchanges,
                () -> new BodyPace(config.listen().limits().bodyBytesPerSecond(), System::nanoTime));
        if (!publicServlets.containsKey(FALLBACK)) {
            proxy.addMapping(FALLBACK);
        }
        // Before the veil: what is too much is not even judged.
        rateFilter(context, "public-rate", config.listen().requestRate(), clients)
                .ifPresent(filter -> filter.addMappingForServletNames(
                        EnumSet.of(DispatcherType.REQUEST), true, ChatProxyServlet.NAME));
        RelayFilter.register(
                context,
                ChatProxyServlet.NAME,
                relay,
                routes,
                request -> new SocketVeil(
                        request,
                        veiling.apply(request).orElseThrow(),
                        keywords::now,
                        listener,
                        memories,
                        routes.find(request).orElseThrow().messageLinks(request, clients)));
        // By the proxy's name: nothing that it carries goes round the veil, and nothing else comes under it.
        FilterRegistration.Dynamic veil =
                context.addFilter("veil", new VeilFilter(veiling, keywords::now, listener, memories));
        veil.setAsyncSupported(true);
        veil.addMappingForServletNames(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
                true,
                ChatProxyServlet.NAME);
        publicServlets.forEach((pattern, servlet) -> {
            ServletRegistration.Dynamic registration = context.addServlet("public " + pattern, servlet);
            registration.setAsyncSupported(true);
            registration.addMapping(pattern);
        });
    }

    /**
     * Registers the management side.
     *
     * @param prefix what every path begins with, such as {@code /undertone}; empty for none
     */
    public void registerManagement(ServletContext context, String prefix) {
        ClientAddresses peers = new ClientAddresses(List.of());
        // Before the token is asked for, so that nobody guesses it quickly.
        rateFilter(context, "probe-rate", config.management().probeRate(), peers)
                .ifPresent(filter ->
                        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, prefix + PROBE));
        new ManagementSide(token, readiness, meters, overview(), managementServlets).register(context, prefix);
    }

    private Optional<FilterRegistration.Dynamic> rateFilter(
            ServletContext context, String name, @Nullable RequestRate rate, ClientAddresses clients) {
        if (rate == null) {
            return Optional.empty();
        }
        FilterRegistration.Dynamic filter =
                context.addFilter(name, new RequestRateFilter(rate, clients, System::nanoTime, meters));
        filter.setAsyncSupported(true);
        return Optional.of(filter);
    }

    /** Hears of all that is hidden, whatever the transport. */
    private VeilListener veilListener() {
        return new VeilMetrics(meters).and(sightings);
    }

    private Function<HttpServletRequest, Optional<VeilRoute>> veiling(RouteTable routes) {
        Map<Route, VeilRoute> veils =
                routes.all().stream().collect(Collectors.toMap(Function.identity(), route -> veil(route.config())));
        return request -> routes.find(request).map(veils::get);
    }

    private VeilRoute veil(RouteConfig route) {
        return new VeilRoute(config.dialects().require(route.dialect()), route.audience(), route.onUnreadable());
    }

    /** Says what customers could find out as well, and no more: the page is open to all. */
    private String overview() {
        return config.routes().stream()
                .map(route -> "<tr><td><code>" + Page.escaped(route.path()) + "</code></td><td>"
                        + Page.escaped(route.dialect()) + "</td><td>"
                        + route.audience().name().toLowerCase(Locale.ROOT) + "</td></tr>")
                .collect(Collectors.joining("\n"));
    }

    /**
     * Takes no more requests as ready, closes every WebSocket, and lets nobody wait for a verdict or for news that a poll can
     * ask for again: the container is about to stop.
     */
    public void drain() {
        readiness.become(Readiness.State.DRAINING);
        prober.stop();
        relay.drain();
        exchanges.answerPolls();
    }

    /** Waits for no upstream any longer: a customer who has no reply yet is told to come again (503). */
    public void giveUp() {
        exchanges.giveUp();
    }

    /** Ends counting, probing and keeping; to be called when no more requests come. The proxy ends with its context. */
    @Override
    public void close() {
        watches.forEach(FileWatch::close);
        stop(scheduler);
        prober.close();
        closeOpened();
    }

    private void closeOpened() {
        stop(pings);
        upstreams.close();
        store.close();
        meters.close();
    }

    /** Waits for the thread's end: a container that sees it run when the application is gone takes it for a leak. */
    private static void stop(ScheduledExecutorService scheduler) {
        scheduler.shutdownNow();
        try {
            if (!scheduler.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("a task has not ended");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
