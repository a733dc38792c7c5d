package io.undertone.webapp.probe;

import com.github.benmanes.caffeine.cache.Ticker;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TransportConfig;
import org.jspecify.annotations.Nullable;

/** Makes the transport that a configuration names. */
final class Transports {
    private Transports() {}

    /**
     * Makes a transport.
     *
     * @param text makes the probes' texts
     * @param exchange carries requests over HTTP
     * @return null when nothing is to be sent
     * @throws io.undertone.webapp.config.ConfigException if the transport cannot work; the message says what to do
     */
    static @Nullable ProbeTransport of(ProbeConfig config, ProbeText text, HttpExchange exchange, Ticker ticker) {
        TransportConfig transport = config.transport();
        if (transport == null) {
            return null;
        }
        if (transport instanceof TransportConfig.Template template) {
            return new TemplateTransport(template, config, text, exchange);
        }
        if (transport instanceof TransportConfig.Psdk psdk) {
            return new PsdkTransport(psdk, config, text);
        }
        return transport instanceof TransportConfig.Http http
                ? new HttpTransport(http.url(), config, text, exchange)
                : new Reports(config, text, ticker);
    }
}
