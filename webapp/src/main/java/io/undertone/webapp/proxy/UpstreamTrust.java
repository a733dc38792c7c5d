package io.undertone.webapp.proxy;

import io.undertone.webapp.tls.Trust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory.X509ExtendedTrustManagerWrapper;

/**
 * Whom the proxy's one client believes, for each server of its own; the JDK's authorities vouch for all others. What is
 * changed holds from the next connection on. Thread-safe.
 */
final class UpstreamTrust extends X509ExtendedTrustManagerWrapper {
    /** Believes everybody. */
    static final X509ExtendedTrustManager ANYBODY = new X509ExtendedTrustManagerWrapper(null);

    private final X509ExtendedTrustManager authorities;
    private final Map<UpstreamServer, X509ExtendedTrustManager> byServer = new ConcurrentHashMap<>();

    UpstreamTrust() {
        this(Trust.ofTheJdk());
    }

    private UpstreamTrust(X509ExtendedTrustManager authorities) {
        super(authorities);
        this.authorities = authorities;
    }

    void put(UpstreamServer server, X509ExtendedTrustManager trust) {
        byServer.put(server, trust);
    }

    /** The one way in which Jetty's client asks: the engine knows whom it was to reach. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        UpstreamServer server = new UpstreamServer(engine.getPeerHost(), engine.getPeerPort());
        byServer.getOrDefault(server, authorities).checkServerTrusted(chain, authType, engine);
    }
}
