package io.undertone.webapp.relay;

import io.undertone.webapp.Problem;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.websocket.client.JettyUpgradeListener;
import org.jspecify.annotations.Nullable;

/** The chat server's handshake, which comes before the customer's: what it answers is what the customer is answered. */
final class Opening implements JettyUpgradeListener {
    /** What tells a client how it might do better. */
    private static final List<HttpHeader> OF_A_REFUSAL = List.of(
            HttpHeader.WWW_AUTHENTICATE,
            HttpHeader.RETRY_AFTER,
            HttpHeader.SET_COOKIE,
            HttpHeader.SEC_WEBSOCKET_VERSION);

    private final String route;
    private final Relay relay;
    private final HttpFields proxyToServerHeaders;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Response serverToProxyResponse;

    /** @param route its path, for those who look for the failure */
    Opening(String route, Relay relay, HttpFields proxyToServerHeaders) {
        this.route = route;
        this.relay = relay;
        this.proxyToServerHeaders = proxyToServerHeaders;
    }

    @Override
    public void onHandshakeRequest(Request proxyToServerRequest) {
        proxyToServerRequest.headers(headers -> proxyToServerHeaders.forEach(headers::add));
    }

    @Override
    public void onHandshakeResponse(Request proxyToServerRequest, Response response) {
        serverToProxyResponse = response;
    }

    /** The chat server has answered, or will not. */
    void answer(@Nullable Throwable failed) {
        failure = failed;
        answered.complete(null);
    }

    /** Calls back, by any thread, when it is known what to answer the customer. */
    @SuppressWarnings("FutureReturnValueIgnored") // it never fails
    void whenAnswered(Runnable next) {
        answered.thenRun(next);
    }

    /** As {@link #whenAnswered}, holding the thread until then. */
    void awaitAnswer() {
        answered.join();
    }

    Relay relay() {
        return relay;
    }

    /** What the chat server said beside yes or no; empty where it said nothing. */
    HttpFields serverToProxyHeaders() {
        Response response = serverToProxyResponse;
        return response == null ? HttpFields.EMPTY : response.getHeaders();
    }

    /** Those of its headers that go on with a refusal. */
    HttpFields refusalHeaders() {
        HttpFields.Mutable headers = HttpFields.build();
        for (HttpHeader header : OF_A_REFUSAL) {
            serverToProxyHeaders().getFields(header).forEach(headers::add);
        }
        return headers;
    }

    /** Why there is no WebSocket, empty where there is one. To be asked when it is {@linkplain #whenAnswered answered}. */
    Optional<Problem> refusal() {
        return Optional.ofNullable(failure).map(this::refusal);
    }

    private Problem refusal(Throwable failed) {
        String server = "The chat server behind " + route;
        Response response = serverToProxyResponse;
        if (response != null) {
            int status = response.getStatus();
            return status >= 400
                    ? new Problem(
                            status, HttpStatus.getMessage(status), server + " opens no WebSocket for this request.")
                    : new Problem(502, "Bad Gateway", server + " does not speak WebSocket at this path.");
        }
        return isTimeout(failed)
                ? new Problem(504, "Gateway Timeout", server + " did not answer in time. Try again in a moment.")
                : new Problem(502, "Bad Gateway", server + " cannot be reached. Try again in a moment.");
    }

    private static boolean isTimeout(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
