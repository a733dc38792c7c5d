package io.undertone.server.sandbox;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cometd.bayeux.Message;
import org.cometd.client.transport.HttpClientTransport;
import org.cometd.client.transport.TransportListener;
import org.cometd.common.TransportException;

/** What a script element in a browser does: each request is a GET, and its reply calls a function. */
final class CallbackPollingTransport extends HttpClientTransport {
    private static final String CALLBACK = "jsonp1";

    private final HttpClient http;
    private final Map<HttpRequest, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    CallbackPollingTransport(HttpClient http) {
        super("callback-polling", null, new HashMap<>(), null);
        this.http = http;
    }

    static HttpRequest.Builder request(URI cometd, String messages) {
        String query = "?jsonp=" + CALLBACK + "&message=" + URLEncoder.encode(messages, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(cometd + query));
    }

    @Override
    public boolean accept(String bayeuxVersion) {
        return true;
    }

    @Override
    public void abort(Throwable failure) {
        open.values().forEach(exchange -> exchange.cancel(true));
    }

    @Override
    public void send(TransportListener listener, List<Message.Mutable> messages) {
        URI page = URI.create(getURL());
        HttpRequest.Builder builder = request(page, generateJSON(messages));
        String cookies = getCookies(page).stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!cookies.isEmpty()) {
            builder.header("Cookie", cookies);
        }
        HttpRequest request = builder.build();
        listener.onSending(messages);
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        open.put(request, exchange);
        CompletableFuture<?> unused = exchange.whenComplete((response, failure) -> {
            open.remove(request);
            if (failure == null) {
                receive(listener, messages, page, response);
            } else {
                listener.onFailure(failure, messages);
            }
        });
    }

    private void receive(
            TransportListener listener, List<Message.Mutable> messages, URI page, HttpResponse<String> response) {
        storeCookies(page, response.headers().map());
        String body = response.body();
        String opening = CALLBACK + "(";
        if (response.statusCode() != 200) {
            listener.onFailure(new TransportException(Map.of("httpCode", response.statusCode())), messages);
        } else if (!body.startsWith(opening) || !body.endsWith(")")) {
            listener.onFailure(new IllegalStateException("not a call of " + CALLBACK + ": " + body), messages);
        } else {
            try {
                listener.onMessages(parseMessages(body.substring(opening.length(), body.length() - 1)));
            } catch (ParseException malformed) {
                listener.onFailure(malformed, messages);
            }
        }
    }
}
