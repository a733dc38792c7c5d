package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workflow's endpoint: one question by GET or POST, one flat answer with status 200 whatever the verdict. A caller's
 * mistake is a problem document with 4xx, because workflow tools turn every other status into an error event.
 *
 * <p>Parameters are named as the interaction's user data: {@code InteractionId}, {@code ChatServerAppName},
 * {@code IsOnline}, and those that a rule asks for; {@code format} is one of {@code json}, {@code xml}, {@code text},
 * {@code form} and {@code details}; {@code mode}, {@code timeout_ms} and {@code attempt} say who waits and how long. Where
 * workflows send probes themselves, {@code probe_id} and {@code outcome} report what came back. All others are ignored, for a
 * workflow may pass on all the user data that it has.
 *
 * <p>It must be registered with asynchronous support, and does not check who asks.
 */
public final class ProbeServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeServlet.class);

    private final transient Prober prober;
    private final transient QuestionReader questions;
    private final transient @Nullable Reports reports;

    public ProbeServlet(Prober prober) {
        this.prober = prober;
        this.reports = prober.reports().orElse(null);
        this.questions = new QuestionReader(prober.userDataKeys(), reports != null);
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
            AnswerFormat format = AnswerFormat.asked(parameters, request);
            ProbeRequest question = questions.read(parameters);
            if (reports != null) {
                ReportReader.read(parameters, question.interactionId(), reports);
            }
            ask(question, format, request.startAsync());
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }

    private void ask(ProbeRequest question, AnswerFormat format, AsyncContext exchange) {
        // The attempts bound the time; the container's own limit would turn a patient answer into an error.
        exchange.setTimeout(0);
        var unused = prober.probe(question)
                .whenComplete((answer, failure) -> withdraw(question))
                .thenAccept(answer -> exchange.start(() -> {
                    try {
                        format.send(format.write(answer), (HttpServletResponse) exchange.getResponse());
                    } catch (IOException e) {
                        LOG.debug("The caller left before the answer about {}", question.interactionId(), e);
                    } finally {
                        exchange.complete();
                    }
                }));
    }

    /** A report counts for the question that it came with, or never. */
    private void withdraw(ProbeRequest question) {
        if (reports != null) {
            reports.drop(question.interactionId());
        }
    }
}
