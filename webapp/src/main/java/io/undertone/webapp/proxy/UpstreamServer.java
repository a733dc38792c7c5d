package io.undertone.webapp.proxy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a connection to an upstream goes.
 *
 * @param host in lower case; an address of IPv6 in its longest form and without brackets
 */
record UpstreamServer(String host, int port) {
    UpstreamServer {
        host = normal(host.toLowerCase(Locale.ROOT));
    }

    static UpstreamServer of(URI upstream) {
        boolean secure = "https".equalsIgnoreCase(upstream.getScheme());
        int port = upstream.getPort() > 0 ? upstream.getPort() : secure ? 443 : 80;
        return new UpstreamServer(upstream.getHost(), port);
    }

    private static String normal(String host) {
        if (!host.contains(":")) {
            return host;
        }
        try {
            // An address in figures, for which no name server is asked.
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return host;
        }
    }
}
