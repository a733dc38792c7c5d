package io.undertone.webapp.probe;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/** By what probes are sent and user data are read. Implementations are thread-safe, and bound the time of one exchange. */
@FunctionalInterface
public interface HttpExchange {
    /**
     * Sends a request.
     *
     * @return the reply with its whole body; ends with a {@link java.util.concurrent.TimeoutException} or an
     *     {@link java.io.IOException}, perhaps inside a {@link java.util.concurrent.CompletionException}
     */
    CompletionStage<HttpResponse<byte[]>> send(HttpRequest request);
}
