package io.undertone.webapp.probe;

import io.undertone.webapp.config.ProbeConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Posts ESP requests as JSON to an interaction server that takes them over HTTP. Thread-safe. */
final class HttpTransport implements ProbeTransport {
    private final EspMessages messages;
    private final ProbeText text;
    private final HttpRequest.Builder post;
    private final HttpExchange http;

    /** @throws IllegalArgumentException if the address is no http or https URL */
    HttpTransport(URI url, ProbeConfig config, ProbeText text, HttpExchange http) {
        messages = new EspMessages(new ProbeMessage(config));
        this.text = text;
        post = HttpRequest.newBuilder(url).header("Content-Type", "application/json");
        this.http = http;
    }

    @Override
    public CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        byte[] request = messages.request(interactionId, interaction.chatServerAppName(), text.next(interactionId));
        return http.send(post.copy()
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build())
                .handle((reply, failure) ->
                        failure == null ? outcome(interactionId, reply) : failed(BoundedHttp.cause(failure)));
    }

    private EspOutcome outcome(String interactionId, HttpResponse<byte[]> reply) {
        return reply.statusCode() == 200
                ? messages.outcome(interactionId, reply.body())
                : new EspOutcome.Failed("HTTP status " + reply.statusCode());
    }

    private static EspOutcome failed(Throwable failure) {
        // The kind alone: a message may quote what was sent or received.
        return failure instanceof TimeoutException
                ? new EspOutcome.TimedOut()
                : new EspOutcome.Failed(failure.getClass().getSimpleName());
    }
}
