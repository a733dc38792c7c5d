package io.undertone.webapp.probe;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP client whose exchanges are bounded: each in its whole time, each in the size of its reply. It follows no
 * redirect. Thread-safe.
 */
final class BoundedHttp implements HttpExchange {
    /** Far more than a reply of a few members takes, far less than memory. */
    static final int MAX_REPLY_BYTES = 64 * 1024;

    // HTTP/1.1, because an offer to upgrade to h2c confuses old servers.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration timeout;

    BoundedHttp(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<HttpResponse<byte[]>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new BoundedBody(MAX_REPLY_BYTES));
        // The client's own request time-out ends with the reply's head: a body that drips would never meet it.
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((reply, failure) -> exchange.cancel(true));
    }

    /** What made a stage fail, without the wrapping that stages add. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
