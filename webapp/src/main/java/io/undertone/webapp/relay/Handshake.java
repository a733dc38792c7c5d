package io.undertone.webapp.relay;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Answers one customer's handshake as the chat server answered ours: its sub-protocol, and its view of the origin. */
final class Handshake extends ServerEndpointConfig.Configurator {
    private final CustomerSocket customer;
    private final HttpFields serverToProxyHeaders;

    Handshake(CustomerSocket customer, HttpFields serverToProxyHeaders) {
        this.customer = customer;
        this.serverToProxyHeaders = serverToProxyHeaders;
    }

    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        String accepted = serverToProxyHeaders.get(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
        return accepted == null ? "" : accepted;
    }

    /** Compression is an affair of each connection: here the container has it, if the customer wants it. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return requested.stream()
                .filter(extension -> extension.getName().equals(UpgradeHeaders.COMPRESSION))
                .filter(extension ->
                        installed.stream().anyMatch(one -> one.getName().equals(extension.getName())))
                .limit(1)
                .toList();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(customer);
    }
}
