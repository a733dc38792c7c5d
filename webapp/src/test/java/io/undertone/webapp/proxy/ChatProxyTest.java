package io.undertone.webapp.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.webapp.Container;
import io.undertone.webapp.ProxyTest;
import io.undertone.webapp.config.RouteConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Tests of the proxy alone, without the veil. */
abstract class ChatProxyTest extends ProxyTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

    /** That of the next proxy to start. */
    BodyPace pace = BodyPace.ANY;

    RunningProxy startProxy(Container container, List<RouteConfig> routes) throws Exception {
        return startProxy(container, table(routes), NOBODY_TRUSTED, IDLE_TIMEOUT);
    }

    RunningProxy startProxy(Container container, RouteTable routes, ClientAddresses clients, Duration idleTimeout)
            throws Exception {
        AtomicReference<ServletContext> started = new AtomicReference<>();
        ExchangesInFlight exchanges = new ExchangesInFlight();
        int port = start(container, 1, context -> {
                    ChatProxyServlet.register(
                                    context, routes, clients, connections(routes), exchanges, () -> pace, idleTimeout)
                            .addMapping("/");
                    started.set(context);
                })
                .port();
        return new RunningProxy(port, exchanges, Objects.requireNonNull(started.get()));
    }

    /** A proxy of one route, with a filter in front of it that sees what the veil would. */
    int startBehind(Filter filter, Container container, URI upstream) throws Exception {
        return start(container, 1, context -> {
                    ChatProxyServlet.register(
                            context,
                            table(everythingTo(upstream)),
                            NOBODY_TRUSTED,
                            direct(everythingTo(upstream)),
                            new ExchangesInFlight(),
                            () -> BodyPace.ANY);
                    FilterRegistration.Dynamic registration = context.addFilter("filter", filter);
                    registration.setAsyncSupported(true);
                    registration.addMappingForServletNames(
                            EnumSet.of(DispatcherType.REQUEST), true, ChatProxyServlet.NAME);
                })
                .port();
    }

    private UpstreamClient connections(RouteTable routes) {
        return direct(routes.all().stream().map(Route::config).toList());
    }

    UpstreamClient direct(List<RouteConfig> routes) {
        return stopLater(new UpstreamClient(routes, meters));
    }

    int startProxyFor(Container container, Upstream upstream) throws Exception {
        return startProxyTo(container, startUpstream(upstream)).port();
    }

    RunningProxy startProxyTo(Container container, URI... upstreams) throws Exception {
        return startProxy(container, List.of(RouteConfig.of("/", upstreams)));
    }

    HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        var request = request(port, path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a gauge or counter of one upstream. */
    double metric(String name, URI upstream, String... tags) {
        return meters.get(name)
                .tag("upstream", upstream.getRawAuthority())
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    /** Nothing that an exchange had is held any longer. */
    void assertThatNothingIsHeld(RunningProxy proxy, URI upstream) {
        Awaitility.await().untilAsserted(() -> {
            assertThat(metric("undertone.upstream.exchanges", upstream))
                    .as("exchanges")
                    .isZero();
            assertThat(proxy.connectionsInUse()).as("connections in use").isZero();
            assertThat(proxy.requestsQueued()).as("requests queued").isZero();
        });
    }
}
