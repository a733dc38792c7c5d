package io.undertone.webapp.proxy;

import io.undertone.filters.dialect.Findings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Who asked, and how: {@code Forwarded} (RFC 7239) and the {@code X-Forwarded-} family. An upstream believes them, so what a
 * customer sent under these names is dropped; what a trusted proxy sent stays, and the proxy itself is added to it.
 */
public final class ForwardedHeaders {
    private static final Pattern ORIGIN = Pattern.compile("https?://[\\w.\\-:\\[\\]]+");
    private static final String FAMILY = "x-forwarded-";
    private static final Findings<String> QUOTED = new Findings<>(HttpField.PARAMETER_TOKENIZER::quote);

    private ForwardedHeaders() {}

    /**
     * Replaces what a request says of the way it came.
     *
     * @param isPeerTrusted whether what it says is kept, and added to
     */
    public static void write(
            HttpServletRequest clientToProxyRequest, boolean isPeerTrusted, HttpFields.Mutable proxyToServerHeaders) {
        if (!isPeerTrusted) {
            drop(proxyToServerHeaders);
        }
        String address = clientToProxyRequest.getRemoteAddr();
        String scheme = clientToProxyRequest.getScheme();
        @Nullable String host = clientToProxyRequest.getHeader(HttpHeader.HOST.asString());
        String forwarded = "for=" + quoted(HostPort.normalizeHost(address)) + ";proto=" + scheme;
        append(proxyToServerHeaders, HttpHeader.X_FORWARDED_FOR, address);
        putIfAbsent(proxyToServerHeaders, HttpHeader.X_FORWARDED_PROTO, scheme);
        if (host != null) {
            forwarded += ";host=" + quoted(host);
            putIfAbsent(proxyToServerHeaders, HttpHeader.X_FORWARDED_HOST, host);
        }
        append(proxyToServerHeaders, HttpHeader.FORWARDED, forwarded);
    }

    /**
     * How a client addresses this server, such as {@code https://chat.example}, as far as it or a trusted proxy says so; empty
     * where nobody does.
     */
    static String originOf(HttpServletRequest clientToProxyRequest, boolean isPeerTrusted) {
        @Nullable String scheme = clientToProxyRequest.getScheme();
        @Nullable String host = clientToProxyRequest.getHeader(HttpHeader.HOST.asString());
        if (isPeerTrusted) {
            scheme = first(clientToProxyRequest, HttpHeader.X_FORWARDED_PROTO, scheme);
            host = first(clientToProxyRequest, HttpHeader.X_FORWARDED_HOST, host);
        }
        String origin = scheme + "://" + host;
        return host != null && ORIGIN.matcher(origin).matches() ? origin : "";
    }

    private static @Nullable String first(
            HttpServletRequest clientToProxyRequest, HttpHeader name, @Nullable String otherwise) {
        String value = clientToProxyRequest.getHeader(name.asString());
        return value == null ? otherwise : value.split(",", 2)[0].strip();
    }

    private static void drop(HttpFields.Mutable headers) {
        headers.remove(HttpHeader.FORWARDED);
        for (Iterator<HttpField> all = headers.iterator(); all.hasNext(); ) {
            if (all.next().getLowerCaseName().startsWith(FAMILY)) {
                all.remove();
            }
        }
    }

    private static void append(HttpFields.Mutable headers, HttpHeader name, String value) {
        List<String> before = headers.getValuesList(name);
        headers.put(name, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }

    private static void putIfAbsent(HttpFields.Mutable headers, HttpHeader name, String value) {
        if (!headers.contains(name)) {
            headers.put(name, value);
        }
    }

    private static String quoted(String value) {
        return QUOTED.of(value);
    }
}
