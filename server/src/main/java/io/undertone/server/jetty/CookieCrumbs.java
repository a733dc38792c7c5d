package io.undertone.server.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Joins the cookies that a client of HTTP/2 sent apart, as they have to be one field wherever else they are passed (RFC 9113
 * section 8.2.3).
 */
final class CookieCrumbs implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        List<String> crumbs = request.getHeaders().getValuesList(HttpHeader.COOKIE);
        if (crumbs.size() < 2 || request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return request;
        }
        HttpFields joined = HttpFields.build(request.getHeaders())
                .put(new HttpField(HttpHeader.COOKIE, String.join("; ", crumbs)))
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return joined;
            }
        };
    }
}
