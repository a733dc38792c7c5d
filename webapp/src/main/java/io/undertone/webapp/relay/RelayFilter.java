package io.undertone.webapp.relay;

import io.undertone.webapp.Problem;
import io.undertone.webapp.proxy.Route;
import io.undertone.webapp.proxy.RouteTable;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns requests for a WebSocket into relays; all others pass. It stands before the veil, as the judge of a socket is the
 * relay's own. In a container without WebSockets such requests pass as plain ones.
 */
public final class RelayFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RelayFilter.class);

    private static final String OPENING = RelayFilter.class.getName() + ".opening";
    /** Of a container's threads, 200 by default, so many may wait for chat servers. */
    private static final int MOST_WAITING_THREADS = 100;

    private final transient WebSocketRelay relay;
    private final transient RouteTable routes;
    private final transient Function<HttpServletRequest, MessageJudge> judges;
    private final transient Semaphore waitingThreads = new Semaphore(MOST_WAITING_THREADS);
    private transient @Nullable ServerContainer container;
    private boolean canUpgradeLater;

    private RelayFilter(WebSocketRelay relay, RouteTable routes, Function<HttpServletRequest, MessageJudge> judges) {
        this.relay = relay;
        this.routes = routes;
        this.judges = judges;
    }

    /**
     * Adds the relay to a context.
     *
     * @param servlet the name of the servlet whose requests for a WebSocket are relayed
     * @param judges asked once for each socket, of a request that has a route
     */
    public static void register(
            ServletContext context,
            String servlet,
            WebSocketRelay relay,
            RouteTable routes,
            Function<HttpServletRequest, MessageJudge> judges) {
        FilterRegistration.Dynamic registration = context.addFilter("relay", new RelayFilter(relay, routes, judges));
        registration.setAsyncSupported(true);
        registration.addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, servlet);
    }

    @Override
    public void init() throws ServletException {
        ServletContext context = getServletContext();
        container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        // Tomcat, 10.1 and 11, forgets an upgrade that an asynchronous dispatch asks for: a thread has to wait.
        canUpgradeLater = context.getServerInfo().startsWith("jetty");
        try {
            relay.start();
        } catch (Exception failure) {
            throw new ServletException("the WebSocket relay does not start", failure);
        }
        if (container == null) {
            LOG.warn("this container has no WebSockets: nothing is relayed");
        }
    }

    @Override
    public void destroy() {
        try {
            relay.stop();
        } catch (Exception failure) {
            LOG.warn("the WebSocket relay does not stop: {}", failure.getClass().getSimpleName());
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Route> route = routes.find(request);
        if (request.getAttribute(OPENING) instanceof Opening opening) {
            answer(request, response, opening);
        } else if (container == null || route.isEmpty() || !UpgradeRequests.asksForWebSocket(request)) {
            chain.doFilter(request, response);
        } else {
            relay(request, response, route.get());
        }
    }

    private void relay(HttpServletRequest request, HttpServletResponse response, Route route)
            throws IOException, ServletException {
        Optional<Problem> mistake = UpgradeRequests.mistake(request);
        if (mistake.isPresent()) {
            response.setHeader("Sec-WebSocket-Version", UpgradeRequests.VERSION);
            mistake.get().writeTo(response);
        } else if (relay.isDraining()) {
            goElsewhere(response);
        } else if (canUpgradeLater) {
            AsyncContext later = request.startAsync(request, response);
            // The connection to the chat server has its own.
            later.setTimeout(0);
            Opening opening = relay.open(request, route, judges.apply(request));
            request.setAttribute(OPENING, opening);
            opening.whenAnswered(later::dispatch);
        } else if (waitingThreads.tryAcquire()) {
            Opening opening = relay.open(request, route, judges.apply(request));
            try {
                opening.awaitAnswer();
            } finally {
                waitingThreads.release();
            }
            answer(request, response, opening);
        } else {
            comeBack(response, "Too many sockets are being opened at once.");
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Opening opening)
            throws IOException, ServletException {
        Optional<Problem> refusal = opening.refusal();
        if (refusal.isPresent()) {
            add(opening.refusalHeaders(), opening.relay().judge(), response);
            refusal.get().writeTo(response);
            return;
        }
        if (relay.isDraining()) {
            opening.relay().abandon();
            goElsewhere(response);
            return;
        }
        // Not by the configurator: Jetty makes one of several cookies.
        add(
                UpgradeHeaders.endToEnd(opening.serverToProxyHeaders()),
                opening.relay().judge(),
                response);
        ServerEndpointConfig endpoint = ServerEndpointConfig.Builder.create(CustomerSocket.class, "/")
                .configurator(new Handshake(opening.relay().customer(), opening.serverToProxyHeaders()))
                .build();
        HandshakeRequest handshake = new HandshakeRequest(request);
        try {
            Objects.requireNonNull(container).upgradeHttpToWebSocket(handshake, response, endpoint, Map.of());
        } catch (DeploymentException | IOException | RuntimeException failure) {
            opening.relay().abandon();
            throw new ServletException("the container opens no WebSocket", failure);
        } finally {
            handshake.end();
        }
    }

    private static void add(Iterable<HttpField> serverToProxyFields, MessageJudge judge, HttpServletResponse response) {
        for (HttpField field : serverToProxyFields) {
            judge.judgeField(field.getName(), Objects.requireNonNullElse(field.getValue(), ""))
                    .ifPresent(value -> response.addHeader(field.getName(), value));
        }
    }

    private static void goElsewhere(HttpServletResponse response) throws IOException {
        comeBack(response, "This node is about to stop.");
    }

    private static void comeBack(HttpServletResponse response, String why) throws IOException {
        response.setHeader("Retry-After", "1");
        new Problem(503, "Service Unavailable", why + " Try again in a moment.").writeTo(response);
    }
}
