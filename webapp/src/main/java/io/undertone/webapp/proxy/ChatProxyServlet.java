package io.undertone.webapp.proxy;

import io.undertone.webapp.Problem;
import io.undertone.webapp.config.RouteConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries requests to the upstream of their route and replies back, streaming both ways. It never judges: whoever wraps
 * the request and the response that it is handed sees every byte, and the {@link AsyncContext} completed once.
 *
 * <p>Bodies and the end-to-end headers pass as they are. Redirects, cookies and content codings are the client's affair.
 */
public final class ChatProxyServlet extends AsyncProxyServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ChatProxyServlet.class);

    /** The name of the servlet in its context. */
    public static final String NAME = "proxy";

    /** A tunnel would go round the veil, and an echo shows what the proxy added to a request (RFC 9110 sections 9.3.6 and 9.3.8). */
    private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");

    private static final String WRITER = ChatProxyServlet.class.getName() + ".writer";
    private static final String FAILURE = ChatProxyServlet.class.getName() + ".failure";
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** How long an upstream may be silent: twice the time that a poll is held. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    /** Every waiting customer holds one; an upstream that is slow must not make others fail at once. */
    private static final int MOST_CONNECTIONS = 32_768;

    private final transient RouteTable routes;
    private final transient UpstreamClient upstreams;

    public ChatProxyServlet(RouteTable routes, UpstreamClient upstreams) {
        this.routes = routes;
        this.upstreams = upstreams;
    }

    /**
     * Adds the proxy to a context, for the paths of its routes. Filters are mapped to {@link #NAME}.
     *
     * @return for more mappings: a path that no route covers is answered with a 404 problem document
     */
    public static ServletRegistration.Dynamic register(
            ServletContext context, RouteTable routes, UpstreamClient upstreams) {
        return register(context, routes, upstreams, IDLE_TIMEOUT);
    }

    static ServletRegistration.Dynamic register(
            ServletContext context, RouteTable routes, UpstreamClient upstreams, Duration idleTimeout) {
        ServletRegistration.Dynamic registration = context.addServlet(NAME, new ChatProxyServlet(routes, upstreams));
        registration.setInitParameters(Map.of(
                // A pool of its own: no container has to lend one.
                "maxThreads",
                "256",
                "maxConnections",
                Integer.toString(MOST_CONNECTIONS),
                "idleTimeout",
                Long.toString(idleTimeout.toMillis()),
                // No limit to a whole exchange: a stream of events has none.
                "timeout",
                "0",
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
        // A request without a Content-Type stays one.
        client.setDefaultRequestContentType(null);
        return client;
    }

    @Override
    protected void service(HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse)
            throws ServletException, IOException {
        if (clientToProxyRequest.getDispatcherType() == DispatcherType.ASYNC) {
            breakOff(clientToProxyRequest, proxyToClientResponse);
        } else if (REFUSED_METHODS.contains(clientToProxyRequest.getMethod())) {
            answer(proxyToClientResponse, new Problem(405, "Method Not Allowed", "A chat has no use for this method."));
        } else {
            super.service(clientToProxyRequest, proxyToClientResponse);
        }
    }

    @Override
    protected @Nullable String rewriteTarget(HttpServletRequest clientToProxyRequest) {
        return routes.find(clientToProxyRequest)
                .map(route -> target(route, clientToProxyRequest))
                .orElse(null);
    }

    /** The raw path, spelled as the client spelled it, behind the upstream's own. */
    private static String target(RouteConfig route, HttpServletRequest clientToProxyRequest) {
        String base = route.upstream().toString();
        String path = clientToProxyRequest
                .getRequestURI()
                .substring(clientToProxyRequest.getContextPath().length());
        String query = clientToProxyRequest.getQueryString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + path
                + (query == null ? "" : "?" + query);
    }

    @Override
    protected void onProxyRewriteFailed(
            HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse) {
        answer(proxyToClientResponse, new Problem(404, "Not Found", "No route covers this path."));
    }

    @Override
    protected Request newProxyRequest(HttpServletRequest clientToProxyRequest, String target) {
        Request proxyToServerRequest = upstreams.counted(newRequest(target)).method(clientToProxyRequest.getMethod());
        return proxyToServerRequest.attribute(CLIENT_REQUEST_ATTRIBUTE, clientToProxyRequest);
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

    @Override
    protected void addForwardedHeader(HttpServletRequest clientToProxyRequest, Request proxyToServerRequest) {
        proxyToServerRequest.headers(headers -> ForwardedHeaders.write(clientToProxyRequest, headers));
    }

    /** Copies each header with its value as it stands: the base class takes values apart at commas. */
    @Override
    protected void onServerResponseHeaders(
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            Response serverToProxyResponse) {
        Set<String> hopByHop = new HashSet<>(HOP_HEADERS);
        serverToProxyResponse
                .getHeaders()
                .getCSV(HttpHeader.CONNECTION, false)
                .forEach(name -> hopByHop.add(name.toLowerCase(Locale.ROOT)));
        Set<String> seen = new HashSet<>();
        for (HttpField field : serverToProxyResponse.getHeaders()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            String value = field.getValue() == null ? "" : field.getValue();
            if (hopByHop.contains(name)) {
                continue;
            }
            // The first one replaces what the container wrote of its own, such as Date.
            if (seen.add(name)) {
                proxyToClientResponse.setHeader(field.getName(), value);
            } else {
                proxyToClientResponse.addHeader(field.getName(), value);
            }
        }
    }

    @Override
    protected void onResponseContent(
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            Response serverToProxyResponse,
            byte[] buffer,
            int offset,
            int length,
            Callback consumed) {
        try {
            ServletOutputStream output = proxyToClientResponse.getOutputStream();
            if (clientToProxyRequest.getAttribute(WRITER) instanceof ProxyToClientWriter writer) {
                writer.offer(buffer, offset, length, consumed);
                writer.onWritePossible();
            } else {
                ProxyToClientWriter writer = new ProxyToClientWriter(output, serverToProxyResponse);
                clientToProxyRequest.setAttribute(WRITER, writer);
                // Before the listener is set, as the container may call it from another thread at once.
                writer.offer(buffer, offset, length, consumed);
                output.setWriteListener(writer);
            }
        } catch (IOException | RuntimeException clientHasGone) {
            consumed.failed(clientHasGone);
        }
    }

    @Override
    protected void onProxyResponseFailure(
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            @Nullable Response serverToProxyResponse,
            Throwable failure) {
        String route = routes.find(clientToProxyRequest).map(RouteConfig::path).orElse("");
        LOG.info("route {}: exchange failed: {}", route, failure.getClass().getSimpleName());
        AsyncContext exchange = clientToProxyRequest.getAsyncContext();
        boolean begun = clientToProxyRequest.getAttribute(WRITER) != null || proxyToClientResponse.isCommitted();
        if (begun) {
            clientToProxyRequest.setAttribute(FAILURE, failure);
            exchange.dispatch();
        } else {
            proxyToClientResponse.reset();
            if (failure instanceof ServerStopsException) {
                proxyToClientResponse.setHeader("Retry-After", "1");
            }
            answer(proxyToClientResponse, gatewayProblem(route, failure));
            exchange.complete();
        }
    }

    /**
     * A reply that had begun cannot be taken back, and must not look whole. Throwing from a dispatch is what makes every
     * container cut the connection; completing would end a chunked body in good order.
     */
    private static void breakOff(HttpServletRequest clientToProxyRequest, HttpServletResponse proxyToClientResponse)
            throws IOException {
        Throwable failure = (Throwable) clientToProxyRequest.getAttribute(FAILURE);
        if (proxyToClientResponse.isCommitted()) {
            throw new EofException("the upstream broke off its reply");
        }
        proxyToClientResponse.sendError(gatewayStatus(failure));
    }

    private static Problem gatewayProblem(String route, Throwable failure) {
        if (failure instanceof HttpException refused && HttpStatus.isClientError(refused.getCode())) {
            return new Problem(
                    refused.getCode(),
                    HttpStatus.getMessage(refused.getCode()),
                    "The body of this request is not framed as HTTP says.");
        }
        if (failure instanceof ServerStopsException) {
            return new Problem(503, "Service Unavailable", "This server stops. Try again in a moment.");
        }
        String server = "The chat server behind " + route;
        return gatewayStatus(failure) == 504
                ? new Problem(504, "Gateway Timeout", server + " did not answer in time. Try again in a moment.")
                : new Problem(502, "Bad Gateway", server + " cannot be reached. Try again in a moment.");
    }

    private static int gatewayStatus(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof SocketTimeoutException ? 504 : 502;
    }

    private static void answer(HttpServletResponse proxyToClientResponse, Problem problem) {
        try {
            problem.writeTo(proxyToClientResponse);
        } catch (IOException clientHasGone) {
            LOG.debug("nobody is left to tell", clientHasGone);
        }
    }
}
