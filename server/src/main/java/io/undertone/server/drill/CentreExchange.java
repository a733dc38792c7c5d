package io.undertone.server.drill;

import io.undertone.server.sandbox.ContactCentre;
import io.undertone.webapp.probe.HttpExchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import tools.jackson.databind.json.JsonMapper;

/** The interaction server's side of HTTP without a network: ESP requests, and the user data of interactions. */
final class CentreExchange implements HttpExchange {
    /** Where ESP requests go. */
    static final String ESP = "http://interaction-server/esp";
    /** Where user data are. */
    static final String INTERACTIONS = "http://interaction-server/interactions/";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ContactCentre centre;
    private final Runnable sent;

    /** @param sent told of each ESP request */
    CentreExchange(ContactCentre centre, Runnable sent) {
        this.centre = centre;
        this.sent = sent;
    }

    @Override
    public CompletionStage<HttpResponse<byte[]>> send(HttpRequest request) {
        return CompletableFuture.completedFuture(new Reply(request, answer(request)));
    }

    private byte[] answer(HttpRequest request) {
        String address = request.uri().toString();
        if (address.startsWith(INTERACTIONS)) {
            return JSON.writeValueAsBytes(centre.userData(address.substring(INTERACTIONS.length())));
        }
        sent.run();
        return centre.esp(body(request));
    }

    private static byte[] body(HttpRequest request) {
        HttpResponse.BodySubscriber<String> whole = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                whole.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                whole.onNext(List.of(piece));
            }

            @Override
            public void onError(Throwable failure) {
                whole.onError(failure);
            }

            @Override
            public void onComplete() {
                whole.onComplete();
            }
        });
        return whole.getBody().toCompletableFuture().join().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Reply implements HttpResponse<byte[]> {
        private final HttpRequest request;
        private final byte[] body;

        Reply(HttpRequest request, byte[] body) {
            this.request = request;
            this.body = body;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public byte[] body() {
            return body;
        }

        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of(), (name, value) -> true);
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
