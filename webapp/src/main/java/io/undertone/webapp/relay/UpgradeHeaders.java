package io.undertone.webapp.relay;

import io.undertone.webapp.proxy.ForwardedHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Which headers of a handshake belong to the two ends, and which to each connection. */
final class UpgradeHeaders {
    /** RFC 7692. */
    static final String COMPRESSION = "permessage-deflate";

    /** RFC 9110 section 7.6.1, and what says how long a body is or who the next server is. */
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "host");

    private static final String OF_ONE_WEBSOCKET = "sec-websocket-";

    private UpgradeHeaders() {}

    /** What the chat server is sent beside what makes a handshake one. */
    static HttpFields proxyToServer(HttpServletRequest clientToProxyRequest) {
        HttpFields.Mutable clientToProxy = HttpFields.build();
        for (String name : Collections.list(clientToProxyRequest.getHeaderNames())) {
            Collections.list(clientToProxyRequest.getHeaders(name)).forEach(value -> clientToProxy.add(name, value));
        }
        HttpFields.Mutable proxyToServer = HttpFields.build();
        endToEnd(clientToProxy).forEach(proxyToServer::add);
        ForwardedHeaders.write(clientToProxyRequest, proxyToServer);
        proxyToServer.add(HttpHeader.VIA, "1.1 undertone");
        List<String> subProtocols = clientToProxy.getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL);
        if (!subProtocols.isEmpty()) {
            proxyToServer.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, String.join(",", subProtocols));
        }
        // Wanted there if it is wanted here; with which parameters is settled anew.
        if (clientToProxy.getCSV(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, false).stream()
                .anyMatch(offer -> offer.split(";", 2)[0].strip().equals(COMPRESSION))) {
            proxyToServer.put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, COMPRESSION);
        }
        return proxyToServer;
    }

    /** The fields that go on, as they are. */
    static List<HttpField> endToEnd(HttpFields fields) {
        Set<String> dropped = new HashSet<>(OF_ONE_CONNECTION);
        fields.getCSV(HttpHeader.CONNECTION, false).forEach(name -> dropped.add(name.toLowerCase(Locale.ROOT)));
        return fields.stream()
                .filter(field -> {
                    String name = field.getName().toLowerCase(Locale.ROOT);
                    return !dropped.contains(name) && !name.startsWith(OF_ONE_WEBSOCKET);
                })
                .toList();
    }
}
