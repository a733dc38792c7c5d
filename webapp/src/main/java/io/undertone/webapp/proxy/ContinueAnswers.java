package io.undertone.webapp.proxy;

import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Lets a body go up when the upstream says 100 (Continue), and stays away from any other answer: the base class would collect
 * it first, and call the exchange complete before it is written.
 */
final class ContinueAnswers extends ContinueProtocolHandler {
    @Override
    public boolean accept(Request proxyToServerRequest, Response serverToProxyResponse) {
        return serverToProxyResponse.getStatus() == HttpStatus.CONTINUE_100
                && super.accept(proxyToServerRequest, serverToProxyResponse);
    }
}
