package io.undertone.webapp.proxy;

import io.undertone.webapp.Problem;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/** What a client is told of an exchange that failed. It names our route and never what stands behind it. */
final class GatewayProblem {
    private GatewayProblem() {}

    static Problem of(String route, Throwable failure) {
        String server = "The chat server behind " + route;
        if (failure instanceof BodyTooLargeException) {
            return tooLarge();
        }
        if (failure instanceof ClientFailedException) {
            return new Problem(400, "Bad Request", "The body of this request broke off. Send it again.");
        }
        if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
            return new Problem(504, "Gateway Timeout", server + " did not answer in time. Try again in a moment.");
        }
        return new Problem(502, "Bad Gateway", server + " cannot be reached. Try again in a moment.");
    }

    static Problem tooLarge() {
        return new Problem(413, "Content Too Large", "The body of this request is longer than this route takes.");
    }
}
