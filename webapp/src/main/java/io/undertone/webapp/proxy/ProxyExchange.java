package io.undertone.webapp.proxy;

import io.undertone.webapp.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to an upstream, and the answer on its way back. The upstreams are tried in turn until a connection
 * stands; from then on the request is never sent again, as it may have been read.
 *
 * <p>The HTTP client calls one method at a time, sometimes by the thread that reads what upstreams send: none may wait for a
 * customer.
 */
final class ProxyExchange implements Response.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyExchange.class);
    /** Whatever the upstream says; it has begun to. */
    private static final Answer UPSTREAMS = proxyToClientResponse -> {};
    /** Nobody is there to be told. */
    private static final Answer NOBODYS = proxyToClientResponse -> {};

    private final Route route;
    private final HttpServletRequest clientToProxyRequest;
    private final HttpServletResponse proxyToClientResponse;
    private final AsyncContext async;
    private final Function<Upstream, Request> proxyToServerRequests;
    private final @Nullable HeldPoll poll;
    private final ProxyToClientBody body;
    private final ContainerAccess container;
    private final @Nullable BegunChat begunChat;
    private final ExchangesInFlight exchanges;
    private final Iterator<Upstream> candidates;
    private Upstream upstream;
    private boolean isWhole;
    private @Nullable Throwable failure;
    /** A connection stands, and the request is being sent on it. */
    private volatile boolean isBegun;
    /** All of the request is sent. */
    private volatile boolean isSent;
    /** What the client is answered, settled once: {@link #UPSTREAMS}, {@link #NOBODYS}, or one of ours; null before. */
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

    private volatile @Nullable Request current;
    private volatile boolean isStopped;

    /**
     * @param clientToProxyRequest asynchronous already
     * @param proxyToServerRequests makes the request for an upstream, ready to be sent, a new one for each that is tried
     * @param poll what the request is if it may be held; it knows what was sent
     * @param body that of the reply
     * @param container as the bodies of both ways have it
     */
    ProxyExchange(
            Route route,
            HttpServletRequest clientToProxyRequest,
            HttpServletResponse proxyToClientResponse,
            Function<Upstream, Request> proxyToServerRequests,
            @Nullable HeldPoll poll,
            ProxyToClientBody body,
            ContainerAccess container,
            ExchangesInFlight exchanges) {
        this.route = route;
        this.clientToProxyRequest = clientToProxyRequest;
        this.proxyToClientResponse = proxyToClientResponse;
        this.async = clientToProxyRequest.getAsyncContext();
        this.proxyToServerRequests = proxyToServerRequests;
        this.poll = poll;
        this.body = body;
        this.container = container;
        this.exchanges = exchanges;
        this.begunChat = route.upstreams().mayBegin(clientToProxyRequest) ? new BegunChat() : null;
        this.candidates = route.upstreams().inOrder(clientToProxyRequest).iterator();
        this.upstream = candidates.next();
    }

    /** Sends the request to the first upstream. */
    void start() {
        exchanges.begin(this);
        sendTo(upstream);
    }

    private void sendTo(Upstream candidate) {
        Request proxyToServerRequest = proxyToServerRequests
                .apply(candidate)
                .onRequestBegin(request -> {
                    isBegun = true;
                    candidate.reached();
                })
                .onRequestSuccess(request -> {
                    isSent = true;
                    exchanges.isSent(this);
                });
        current = proxyToServerRequest;
        candidate.begin();
        proxyToServerRequest.send(this);
    }

    /** Answers for the upstream if this is a poll of which it has all, and the answer to which it has not begun. */
    void answerPoll() {
        if (poll != null
                && isSent
                && poll.answer()
                        .filter(ours -> answer.compareAndSet(null, ours))
                        .isPresent()) {
            giveUp();
        }
    }

    /** Tells the client what there is to tell, at once. */
    void stop() {
        isStopped = true;
        answerPoll();
        giveUp();
    }

    /**
     * The container says that the client is gone, and may never again tell a writer that it can go on or has failed. So the
     * exchange is over, however long the upstream would have held it. A reply that has begun is the container's to break off.
     */
    void clientHasGone() {
        boolean isUntold = answer.compareAndSet(null, NOBODYS);
        endBy(() -> {
            if (isUntold) {
                complete();
            }
        });
        abort(new EofException("the client has gone"));
    }

    private void endBy(Runnable last) {
        container.end(() -> {
            exchanges.end(this);
            last.run();
        });
    }

    /** Waits for the upstream no longer. */
    void giveUp() {
        abort(new ServerStopsException());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // onComplete tells that it was aborted
    private void abort(Throwable cause) {
        Request waiting = current;
        if (waiting != null) {
            waiting.abort(cause);
        }
    }

    @Override
    public void onBegin(Response serverToProxyResponse) {
        if (!answer.compareAndSet(null, UPSTREAMS)) {
            giveUp();
        }
    }

    @Override
    public void onHeaders(Response serverToProxyResponse) {
        HttpFields headers = serverToProxyResponse.getHeaders();
        if (body.isEdited()) {
            headers = body.decoded(headers);
        }
        proxyToClientResponse.setStatus(serverToProxyResponse.getStatus());
        AddressRewriter addresses = new AddressRewriter(
                upstream.url(),
                route.config().upstreams(),
                clientToProxyRequest.getContextPath(),
                clientToProxyRequest.getHeader(HttpHeader.HOST.asString()));
        new ServerToProxyHeaders(headers)
                .copyTo(proxyToClientResponse, addresses, route.config().cors() != null);
        closeUnlessRequestIsOver();
        route.upstreams().answered(clientToProxyRequest, upstream, headers.getValuesList(HttpHeader.SET_COOKIE));
        if (headers.contains(HttpHeader.TRAILER)
                && !clientToProxyRequest.getProtocol().equals("HTTP/1.0")) {
            proxyToClientResponse.setTrailerFields(() -> trailersOf(serverToProxyResponse));
        }
    }

    private static Map<String, String> trailersOf(Response serverToProxyResponse) {
        Map<String, String> trailers = new LinkedHashMap<>();
        HttpFields fields = serverToProxyResponse.getTrailers();
        for (HttpField field : fields == null ? HttpFields.EMPTY : fields) {
            if (ServerToProxyHeaders.mayFollow(field.getName())) {
                trailers.merge(
                        field.getName().toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(field.getValue(), ""),
                        (one, other) -> one + ", " + other);
            }
        }
        return trailers;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // onComplete tells that it was aborted
    public void onContent(Response serverToProxyResponse, Content.Chunk chunk, Runnable demander) {
        chunk.retain();
        Callback consumed = Callback.from(chunk::release, Callback.from(demander, serverToProxyResponse::abort));
        if (begunChat != null) {
            begunChat.lookIn(chunk.getByteBuffer()).ifPresent(chatId -> route.upstreams()
                    .begun(chatId, upstream));
        }
        body.write(serverToProxyResponse, chunk.getByteBuffer(), consumed);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // onComplete tells that it was aborted
    public void onSuccess(Response serverToProxyResponse) {
        isWhole = true;
        Request proxyToServerRequest = serverToProxyResponse.getRequest();
        if (proxyToServerRequest.getBody() instanceof ClientToProxyBody body && body.isUntouched()) {
            // Answered instead of 100 (Continue): the body will not be asked for.
            proxyToServerRequest.abort(new EofException("the upstream wants no body"));
        }
    }

    /**
     * Both ways are over. An answer that is whole counts, even if the upstream did not take all of the request: it may answer
     * and close before that.
     */
    @Override
    public void onComplete(Result result) {
        Answer settled = answer.get();
        if (settled != null && settled != UPSTREAMS) {
            upstream.endBrokenOff();
            if (settled != NOBODYS) {
                finish(() -> answer(settled));
            }
            return;
        }
        if (isWhole) {
            upstream.endAnswered();
            body.end(result.getResponse(), Callback.from(this::end, this::fail));
            return;
        }
        Throwable cause = result.getFailure();
        LOG.info(
                "route {}: {} failed: {}", route.config().path(), upstream.url().getRawAuthority(), cause.toString());
        if (isBegun || isOurOwn(cause)) {
            upstream.endBrokenOff();
        } else {
            upstream.endUnreachable();
            if (candidates.hasNext()) {
                upstream = candidates.next();
                sendTo(upstream);
                return;
            }
        }
        fail(cause);
    }

    private void end() {
        if (body.isBegun()) {
            endBy(this::complete);
        } else {
            finish(this::complete);
        }
    }

    /**
     * Ends the exchange by what may have to wait for the client, as the output was never asked whether it is ready: even the
     * write of a head alone. A container that stops, or has found an error itself, lends no thread for it.
     */
    private void finish(Runnable waiting) {
        Runnable last = () -> endBy(waiting);
        if (isStopped) {
            last.run();
            return;
        }
        try {
            async.start(last);
        } catch (IllegalStateException refused) {
            last.run();
        }
    }

    /**
     * What is left of a request must never be taken for the next one (RFC 9112 section 9.3), and containers miss some of it
     * when it comes while the reply goes.
     */
    private void closeUnlessRequestIsOver() {
        Request sent = current;
        if (clientToProxyRequest.getProtocol().startsWith("HTTP/1")
                && sent != null
                && sent.getBody() instanceof ClientToProxyBody requestBody
                && !requestBody.isOver()) {
            proxyToClientResponse.setHeader(HttpHeader.CONNECTION.asString(), "close");
        }
    }

    /** As the end of the exchange. */
    private void answer(Answer words) {
        closeUnlessRequestIsOver();
        ChatProxyServlet.answer(route, clientToProxyRequest, proxyToClientResponse, words);
        complete();
    }

    /** Of such a failure no upstream is to blame, and no other would do better. */
    private static boolean isOurOwn(Throwable cause) {
        return cause instanceof RejectedExecutionException || cause instanceof ServerStopsException;
    }

    private void fail(Throwable cause) {
        if (body.isBegun()) {
            endBy(() -> dispatch(cause));
        } else if (cause instanceof ClientFailedException) {
            // So the container has said, and when its call is over it takes the exchange for ended.
            endBy(() -> apologise(cause));
        } else {
            finish(() -> apologise(cause));
        }
    }

    private void apologise(Throwable cause) {
        if (proxyToClientResponse.isCommitted()) {
            dispatch(cause);
            return;
        }
        proxyToClientResponse.reset();
        if (cause instanceof ServerStopsException) {
            proxyToClientResponse.setHeader("Retry-After", "1");
        }
        answer(GatewayProblem.of(route.config().path(), cause)::writeTo);
    }

    private void dispatch(Throwable cause) {
        failure = cause;
        tell(async::dispatch);
    }

    private void complete() {
        tell(async::complete);
    }

    private static void tell(Runnable container) {
        try {
            container.run();
        } catch (IllegalStateException ended) {
            LOG.debug("the container has found an error itself, and ends the exchange", ended);
        }
    }

    /**
     * Called by the dispatch that follows a failure. An answer that had begun cannot be taken back, and must not look whole.
     * Throwing from a dispatch is what makes every container cut the connection; completing would end a chunked body in good
     * order.
     */
    void breakOff() throws IOException {
        if (proxyToClientResponse.isCommitted()) {
            throw new EofException("the upstream broke off its reply");
        }
        // What the upstream says of its reply, above all of its length, is not true of ours.
        proxyToClientResponse.reset();
        Problem problem = GatewayProblem.of(route.config().path(), Objects.requireNonNull(failure));
        proxyToClientResponse.sendError(problem.status());
    }
}
