package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workflow's endpoint: one question by GET or POST, one flat answer with status 200 whatever the verdict. A caller's
 * mistake is a problem document with 4xx, because workflow tools turn every other status into an error event.
 *
 * <p>Parameters are named as the interaction's user data: {@code InteractionId}, {@code ChatServerAppName},
 * {@code IsOnline}, and those that a rule asks for; {@code format} is one of {@code json}, {@code xml}, {@code text},
 * {@code form} and {@code details}; {@code mode}, {@code timeout_ms} and {@code attempt} say who waits and how long. All others are ignored, for a
 * workflow may pass on all the user data that it has.
 *
 * <p>It must be registered with asynchronous support, and does not check who asks.
 */
public final class ProbeServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeServlet.class);

    private final transient Prober prober;
    private final transient QuestionReader questions;

    public ProbeServlet(Prober prober) {
        this.prober = prober;
        this.questions = new QuestionReader(prober.userDataKeys());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // HEAD and OPTIONS too: nothing but a question may send a message into a chat.
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("POST")) {
            response.setHeader("Allow", "GET, POST");
            new Problem(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                            "Method not allowed",
                            "A probe is asked for by GET or POST, not by " + request.getMethod())
                    .writeTo(response);
            return;
        }
        try {
            Parameters parameters = Parameters.of(request);
            AnswerFormat format = format(parameters, request);
            ask(questions.read(parameters), format, request.startAsync());
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }

    private void ask(ProbeRequest question, AnswerFormat format, AsyncContext exchange) {
        // The attempts bound the time; the container's own limit would turn a patient answer into an error.
        exchange.setTimeout(0);
        var unused = prober.probe(question)
                .thenAccept(answer -> exchange.start(() -> {
                    try {
                        write(answer, format, (HttpServletResponse) exchange.getResponse());
                    } catch (IOException e) {
                        LOG.debug("The caller left before the answer about {}", question.interactionId(), e);
                    } finally {
                        exchange.complete();
                    }
                }));
    }

    private static void write(ProbeAnswer answer, AnswerFormat format, HttpServletResponse response)
            throws IOException {
        byte[] body = format.write(answer);
        response.setContentType(format.contentType());
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }

    private static AnswerFormat format(Parameters parameters, HttpServletRequest request) throws BadRequestException {
        Optional<String> name = parameters.get("format");
        if (name.isEmpty()) {
            return AnswerFormat.accepted(Collections.list(request.getHeaders("Accept")));
        }
        return AnswerFormat.named(name.get())
                .orElseThrow(() -> invalid("format is none that there is: write json, xml, text, form or details"));
    }

    private static BadRequestException invalid(String detail) {
        return new BadRequestException(HttpServletResponse.SC_BAD_REQUEST, "Bad parameter", detail);
    }
}
