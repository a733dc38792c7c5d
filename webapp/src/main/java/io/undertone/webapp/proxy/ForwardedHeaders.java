package io.undertone.webapp.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Who asked, and how: {@code Forwarded} (RFC 7239) and the {@code X-Forwarded-} family. What a customer sent under these
 * names is dropped, as an upstream believes them.
 */
public final class ForwardedHeaders {
    private static final String FAMILY = "x-forwarded-";

    private ForwardedHeaders() {}

    /** Replaces what a request says of the way it came. */
    public static void write(HttpServletRequest clientToProxyRequest, HttpFields.Mutable proxyToServerHeaders) {
        proxyToServerHeaders.remove(HttpHeader.FORWARDED);
        for (String name : List.copyOf(proxyToServerHeaders.getFieldNamesCollection())) {
            if (name.toLowerCase(Locale.ROOT).startsWith(FAMILY)) {
                proxyToServerHeaders.remove(name);
            }
        }
        String address = clientToProxyRequest.getRemoteAddr();
        String scheme = clientToProxyRequest.getScheme();
        @Nullable String host = clientToProxyRequest.getHeader(HttpHeader.HOST.asString());
        String forwarded = "for=" + quoted(HostPort.normalizeHost(address)) + ";proto=" + scheme;
        proxyToServerHeaders.put(HttpHeader.X_FORWARDED_FOR, address);
        proxyToServerHeaders.put(HttpHeader.X_FORWARDED_PROTO, scheme);
        if (host != null) {
            forwarded += ";host=" + quoted(host);
            proxyToServerHeaders.put(HttpHeader.X_FORWARDED_HOST, host);
        }
        proxyToServerHeaders.put(HttpHeader.FORWARDED, forwarded);
    }

    private static String quoted(String value) {
        return HttpField.PARAMETER_TOKENIZER.quote(value);
    }
}
