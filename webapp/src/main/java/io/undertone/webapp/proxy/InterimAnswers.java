package io.undertone.webapp.proxy;

import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Takes interim answers (RFC 9110 section 15.2) other than 100 and 101 out of the way of the final one: the HTTP client would
 * take the first of them for the whole answer.
 */
final class InterimAnswers extends EarlyHintsProtocolHandler {
    @Override
    public String getName() {
        return "interim-answers";
    }

    @Override
    public boolean accept(Request proxyToServerRequest, Response serverToProxyResponse) {
        return serverToProxyResponse.getStatus() > HttpStatus.SWITCHING_PROTOCOLS_101
                && HttpStatus.isInformational(serverToProxyResponse.getStatus());
    }
}
