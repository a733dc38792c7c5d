package io.undertone.webapp.probe;

import io.undertone.webapp.config.Escaping;
import io.undertone.webapp.config.Placeholder;
import io.undertone.webapp.config.ProbeConfig;
import io.undertone.webapp.config.TextTemplate;
import io.undertone.webapp.config.TransportConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests of the operator's own making, and reads the replies by the operator's table. Thread-safe. */
final class TemplateTransport implements ProbeTransport {
    private final TransportConfig.Template template;
    private final ProbeConfig config;
    private final ProbeText text;
    private final OutcomeTable outcomes;
    private final HttpExchange http;

    TemplateTransport(TransportConfig.Template template, ProbeConfig config, ProbeText text, HttpExchange http) {
        this.template = template;
        this.config = config;
        this.text = text;
        outcomes = new OutcomeTable(template.outcomes());
        this.http = http;
    }

    @Override
    public CompletionStage<EspOutcome> send(String interactionId, Interaction interaction) {
        HttpRequest request;
        try {
            request = new Filling(interactionId, interaction).request();
        } catch (IllegalArgumentException unfit) {
            // Its message may quote a value.
            return CompletableFuture.completedFuture(
                    new EspOutcome.Failed("probe.template cannot be filled for this interaction"));
        }
        return http.send(request)
                .handle((reply, failure) -> failure == null
                        ? outcomes.outcome(reply.statusCode(), reply.body())
                        : failed(BoundedHttp.cause(failure)));
    }

    private static EspOutcome failed(Throwable failure) {
        return failure instanceof TimeoutException
                ? new EspOutcome.TimedOut()
                : new EspOutcome.Failed(failure.getClass().getSimpleName());
    }

    /** The template, filled for one probe. All places say the same text. */
    private final class Filling {
        private final String interactionId;
        private final Interaction interaction;
        private @Nullable String said;

        Filling(String interactionId, Interaction interaction) {
            this.interactionId = interactionId;
            this.interaction = interaction;
        }

        /** @throws IllegalArgumentException if a value is not known, or does not fit where it is to stand */
        HttpRequest request() {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fill(template.url(), Escaping.URL)));
            template.headers().forEach((name, value) -> request.header(name, fill(value, Escaping.HEADER)));
            TextTemplate body = template.body();
            return request.method(
                            template.method(),
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(fill(body, template.bodyEscaping())))
                    .build();
        }

        private String fill(TextTemplate part, Escaping escaping) {
            return part.fill(placeholder -> escaping.escape(value(placeholder)));
        }

        private String value(Placeholder placeholder) {
            String value =
                    switch (placeholder) {
                        case INTERACTION_ID -> interactionId;
                        case CHAT_SERVER_APP_NAME -> interaction.chatServerAppName();
                        case CHAT_SERVER_HOST, CHAT_SERVER_PORT ->
                            interaction.userData().get(placeholder.wireName());
                        case TEXT -> said();
                        case NICKNAME -> config.nickname();
                        case VISIBILITY -> config.visibility().name();
                    };
            if (value == null) {
                throw new IllegalArgumentException(placeholder + " is not known");
            }
            return value;
        }

        private String said() {
            String once = said;
            if (once == null) {
                once = text.next(interactionId);
                said = once;
            }
            return once;
        }
    }
}
