package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Issues probes to workflows that send them by themselves. GET or POST, with {@code InteractionId} and {@code ChatServerAppName}
 * as for a question; one flat answer, in the formats of one.
 */
public final class ProbeTextServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Reports reports;
    private final transient QuestionReader questions = new QuestionReader(Set.of(), true);

    public ProbeTextServlet(Reports reports) {
        this.reports = reports;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("POST")) {
            response.setHeader("Allow", "GET, POST");
            new Problem(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                            "Method not allowed",
                            "A probe's text is asked for by GET or POST, not by " + request.getMethod())
                    .writeTo(response);
            return;
        }
        try {
            Parameters parameters = Parameters.of(request);
            AnswerFormat format = AnswerFormat.asked(parameters, request);
            ProbeRequest question = questions.read(parameters);
            IssuedProbe probe = reports.issue(question.interactionId(), question.chatServerAppName());
            format.send(format.write(probe.fields(), probe.probeId()), response);
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }
}
