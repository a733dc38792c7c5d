package io.undertone.webapp.proxy;

import io.undertone.filters.payload.UnreadablePayloadException;
import io.undertone.webapp.Problem;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What a client is told of an exchange that failed. It names our route and never what stands behind it. */
final class GatewayProblem {
    private GatewayProblem() {}

    static Problem of(String route, Throwable failure) {
        String server = "The chat server behind " + route;
        if (failure instanceof BodyTooLargeException) {
            return tooLarge();
        }
        if (failure instanceof SlowBodyException) {
            return new Problem(408, "Request Timeout", "The body of this request came too slowly.");
        }
        if (failure instanceof ServerStopsException) {
            return new Problem(503, "Service Unavailable", "This server stops. Try again in a moment.");
        }
        if (failure instanceof ClientFailedException) {
            return clientFailed(failure.getCause());
        }
        if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
            return new Problem(504, "Gateway Timeout", server + " did not answer in time. Try again in a moment.");
        }
        if (failure instanceof UnreadablePayloadException) {
            return new Problem(
                    502, "Bad Gateway", server + " sent a reply that cannot be read; the log names the cause.");
        }
        return new Problem(502, "Bad Gateway", server + " cannot be reached. Try again in a moment.");
    }

    /** The container may know better what was wrong with it. */
    private static Problem clientFailed(@Nullable Throwable cause) {
        int status = cause instanceof HttpException refused && HttpStatus.isClientError(refused.getCode())
                ? refused.getCode()
                : HttpStatus.BAD_REQUEST_400;
        return new Problem(
                status,
                HttpStatus.getMessage(status),
                "The body of this request is not framed as HTTP says, or broke off.");
    }

    static Problem tooLarge() {
        return new Problem(413, "Content Too Large", "The body of this request is longer than this route takes.");
    }
}
