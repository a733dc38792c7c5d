package io.undertone.webapp.proxy;

import io.undertone.webapp.Problem;
import io.undertone.webapp.config.CorsConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.ee10.proxy.AbstractProxyServlet;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries requests to an upstream of their route and answers back, streaming both ways. It never judges: whoever wraps the
 * request and the response that it is handed sees every byte, and the {@link AsyncContext} completed once.
 *
 * <p>Bodies and the end-to-end headers pass as they are, but for those that speak of addresses. Cookies, redirects and content
 * codings are the client's affair. Interim answers other than 100 (Continue) end here, as the Servlet API has no word for them.
 */
public final class ChatProxyServlet extends AbstractProxyServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ChatProxyServlet.class);

    /** The name of the servlet in its context. */
    public static final String NAME = "proxy";

    /** A tunnel would go round the veil, and an echo shows what the proxy added to a request (RFC 9110 sections 9.3.6 and 9.3.8). */
    private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");

    private static final String ROUTE = Route.class.getName();
    private static final String EXCHANGE = ProxyExchange.class.getName();
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** How long an upstream may be silent: twice the time that a poll is held. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    /** Every waiting customer holds one; an upstream that is slow must not make others fail at once. */
    private static final int MOST_CONNECTIONS = 32_768;

    /**
     * Of a reply so much is judged, written and flushed at once, and no more is held for a client that reads slowly. It leaves
     * room for the beginning of a message that waited: containers write 32 KB at a time.
     */
    private static final int PIECE_BYTES = 28 * 1024;

    private final transient RouteTable routes;
    private final transient ClientAddresses clients;
    private final transient UpstreamClient upstreams;
    private final transient ExchangesInFlight exchanges;
    private final transient Supplier<BodyPace> paces;

    private ChatProxyServlet(
            RouteTable routes,
            ClientAddresses clients,
            UpstreamClient upstreams,
            ExchangesInFlight exchanges,
            Supplier<BodyPace> paces) {
        this.routes = routes;
        this.clients = clients;
        this.upstreams = upstreams;
        this.exchanges = exchanges;
        this.paces = paces;
    }

    /**
     * Adds the proxy to a context, for the paths of its routes. Filters are mapped to {@link #NAME}.
     *
     * @param exchanges is told of all that it carries
     * @param paces for each body, how fast its client has to be
     * @return for more mappings: a path that no route covers is answered with a 404 problem document
     */
    public static ServletRegistration.Dynamic register(
            ServletContext context,
            RouteTable routes,
            ClientAddresses clients,
            UpstreamClient upstreams,
            ExchangesInFlight exchanges,
            Supplier<BodyPace> paces) {
        return register(context, routes, clients, upstreams, exchanges, paces, IDLE_TIMEOUT);
    }

    static ServletRegistration.Dynamic register(
            ServletContext context,
            RouteTable routes,
            ClientAddresses clients,
            UpstreamClient upstreams,
            ExchangesInFlight exchanges,
            Supplier<BodyPace> paces,
            Duration idleTimeout) {
        ServletRegistration.Dynamic registration =
                context.addServlet(NAME, new ChatProxyServlet(routes, clients, upstreams, exchanges, paces));
        registration.setInitParameters(Map.of(
                // A pool of its own: no container has to lend one.
                "maxThreads",
                "256",
                "maxConnections",
                Integer.toString(MOST_CONNECTIONS),
                "idleTimeout",
                Long.toString(idleTimeout.toMillis()),
                // What an upstream sends is judged by the thread that reads it.
                "selectors",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                // The pseudonym of RFC 9110 section 7.6.3: our host's name is nobody's business.
                "viaHost",
                "undertone"));
        registration.setAsyncSupported(true);
        registration.addMapping(routes.patterns());
        return registration;
    }

    @Override
    protected HttpClient newHttpClient(ClientConnector connector) {
        HttpClient client = upstreams.newHttpClient(connector);
        client.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
        // A servlet writes arrays: these go on without a copy.
        client.setUseInputDirectByteBuffers(false);
        client.setResponseBufferSize(PIECE_BYTES);
        // A request without a Content-Type stays one.
        client.setDefaultRequestContentType(null);
        return client;
    }

    @Override
    protected HttpClient createHttpClient() throws ServletException {
        HttpClient client = super.createHttpClient();
        client.getProtocolHandlers().put(new ContinueAnswers());
        client.getProtocolHandlers().put(new InterimAnswers());
        return client;
    }

    @Override
    protected void service(HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse)
            throws IOException {
        if (clientToProxyRequest.getDispatcherType() == DispatcherType.ASYNC) {
            ((ProxyExchange) clientToProxyRequest.getAttribute(EXCHANGE)).breakOff();
            return;
        }
        Optional<Route> route = routes.find(clientToProxyRequest);
        if (route.isEmpty()) {
            answer(proxyToClientResponse, new Problem(404, "Not Found", "No route covers this path."));
        } else if (!answeredHere(route.get(), clientToProxyRequest, proxyToClientResponse)) {
            forward(route.get(), clientToProxyRequest, proxyToClientResponse);
        }
    }

    /** Whether a request is one that no upstream need see. */
    private static boolean answeredHere(
            Route route, HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        CorsConfig cors = route.config().cors();
        if (cors != null) {
            Cors.permit(cors, clientToProxyRequest, proxyToClientResponse);
        }
        if (REFUSED_METHODS.contains(clientToProxyRequest.getMethod())) {
            answer(proxyToClientResponse, new Problem(405, "Method Not Allowed", "A chat has no use for this method."));
        } else if (clientToProxyRequest.getContentLengthLong() > route.config().maxRequestBody()) {
            answer(proxyToClientResponse, GatewayProblem.tooLarge());
        } else if (cors != null && Cors.isPreflight(clientToProxyRequest)) {
            Cors.answerPreflight(cors, clientToProxyRequest, proxyToClientResponse);
        } else if (MaxForwards.isLastIn(clientToProxyRequest)) {
            MaxForwards.answer(proxyToClientResponse);
        } else {
            return false;
        }
        return true;
    }

    private void forward(
            Route route, HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        AsyncContext async = clientToProxyRequest.startAsync();
        // An upstream that is silent is given up by the HTTP client; a stream of events has no end to wait for.
        async.setTimeout(0);
        clientToProxyRequest.setAttribute(ROUTE, route);
        ProxyExchange exchange = newProxyResponseListener(clientToProxyRequest, proxyToClientResponse);
        clientToProxyRequest.setAttribute(EXCHANGE, exchange);
        async.addListener(new ContainerNotices(exchange));
        exchange.start();
    }

    @Override
    protected ProxyExchange newProxyResponseListener(
            HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        Route route = (Route) clientToProxyRequest.getAttribute(ROUTE);
        HeldPoll poll = HeldPoll.in(route, clientToProxyRequest).orElse(null);
        byte[] thereAlready = ClientToProxyBody.thereAlready(clientToProxyRequest);
        ContainerAccess container = new ContainerAccess(clientToProxyRequest.getProtocol());
        return new ProxyExchange(
                route,
                clientToProxyRequest,
                proxyToClientResponse,
                upstream -> proxyToServerRequest(route, clientToProxyRequest, thereAlready, upstream, poll, container),
                poll,
                new ProxyToClientBody(
                        proxyToClientResponse,
                        route.links(clientToProxyRequest, clients),
                        paces.get(),
                        getHttpClient().getScheduler(),
                        container),
                container,
                exchanges);
    }

    private Request proxyToServerRequest(
            Route route,
            HttpServletRequest clientToProxyRequest,
            byte[] thereAlready,
            Upstream upstream,
            @Nullable HeldPoll poll,
            ContainerAccess container) {
        Request proxyToServerRequest =
                newRequest(upstream.target(clientToProxyRequest)).method(clientToProxyRequest.getMethod());
        copyRequestHeaders(clientToProxyRequest, proxyToServerRequest);
        addViaHeader(clientToProxyRequest, proxyToServerRequest);
        proxyToServerRequest.headers(headers -> {
            ForwardedHeaders.write(clientToProxyRequest, clients.trustsPeerOf(clientToProxyRequest), headers);
            if (route.mayLink(clientToProxyRequest) || route.upstreams().mayBegin(clientToProxyRequest)) {
                // What is to be edited, or looked into, has to be read.
                headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
            }
            MaxForwards.lower(clientToProxyRequest, headers);
            String host = clientToProxyRequest.getHeader(HttpHeader.HOST.asString());
            if (route.config().preserveHost() && host != null) {
                headers.put(HttpHeader.HOST, host);
            }
        });
        if (ClientToProxyBody.isIn(clientToProxyRequest)) {
            proxyToServerRequest.body(new ClientToProxyBody(
                    clientToProxyRequest,
                    thereAlready,
                    getHttpClient().getExecutor(),
                    getHttpClient().getByteBufferPool(),
                    route.config().maxRequestBody(),
                    paces.get(),
                    poll,
                    container));
            if (clientToProxyRequest.getContentLengthLong() < 0) {
                proxyToServerRequest.trailersSupplier(() -> trailersOf(clientToProxyRequest));
            }
        }
        return proxyToServerRequest;
    }

    private static @Nullable HttpFields trailersOf(HttpServletRequest clientToProxyRequest) {
        HttpFields.Mutable trailers = HttpFields.build();
        if (clientToProxyRequest.isTrailerFieldsReady()) {
            clientToProxyRequest.getTrailerFields().forEach((name, value) -> {
                if (ServerToProxyHeaders.mayFollow(name)) {
                    trailers.add(name, value);
                }
            });
        }
        return trailers.size() == 0 ? null : trailers;
    }

    /** Browsers send characters that no URI may have, such as a bare bar; these pass as they came, too. */
    private Request newRequest(String target) {
        try {
            return getHttpClient().newRequest(new URI(target));
        } catch (URISyntaxException unusual) {
            int path = target.indexOf('/', target.indexOf("//") + 2);
            return getHttpClient().newRequest(target.substring(0, path)).path(target.substring(path));
        }
    }

    /** A container that stops does not wait for upstreams: whoever can be told something is told. */
    @Override
    public void destroy() {
        exchanges.stop();
        super.destroy();
    }

    /** Answers for the upstream, to browsers on other origins too. */
    static void answer(
            Route route,
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            Answer words) {
        CorsConfig cors = route.config().cors();
        if (cors != null) {
            Cors.permit(cors, clientToProxyRequest, proxyToClientResponse);
        }
        answer(proxyToClientResponse, words);
    }

    private static void answer(HttpServletResponse proxyToClientResponse, Problem problem) {
        answer(proxyToClientResponse, problem::writeTo);
    }

    private static void answer(HttpServletResponse proxyToClientResponse, Answer words) {
        try {
            words.writeTo(proxyToClientResponse);
        } catch (IOException clientHasGone) {
            LOG.debug("nobody is left to tell", clientHasGone);
        }
    }
}
