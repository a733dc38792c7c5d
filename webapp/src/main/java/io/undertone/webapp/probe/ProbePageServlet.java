package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import io.undertone.webapp.page.Page;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page where an operator asks about one chat and sees each attempt. A GET shows the form, filled in with what its query
 * says, and sends nothing into a chat; a POST asks and answers when the verdict has fallen.
 *
 * <p>It must be registered with asynchronous support, and does not check who asks.
 */
public final class ProbePageServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(ProbePageServlet.class);

    private final transient Prober prober;
    private final transient QuestionReader questions;
    private final transient Page page = new Page(ProbePageServlet.class, "probe");

    public ProbePageServlet(Prober prober) {
        this.prober = prober;
        this.questions = new QuestionReader(prober.userDataKeys(), false);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getMethod()) {
                case "GET" -> show(Parameters.ofQuery(request), "", 200, response);
                case "POST" -> ask(Parameters.of(request), request, response);
                default -> {
                    response.setHeader("Allow", "GET, POST");
                    new Problem(405, "Method not allowed", "This page takes GET and POST alone").writeTo(response);
                }
            }
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }

    private void ask(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        ProbeRequest question;
        try {
            question = questions.read(parameters);
        } catch (BadRequestException e) {
            String mistake = "<p class=\"mistake\">" + Page.escaped(e.problem().detail()) + "</p>";
            show(parameters, mistake, e.problem().status(), response);
            return;
        }
        AsyncContext exchange = request.startAsync();
        // The attempts bound the time.
        exchange.setTimeout(0);
        var unused = prober.probe(question)
                .thenAccept(answer -> exchange.start(() -> {
                    try {
                        show(parameters, result(answer), 200, (HttpServletResponse) exchange.getResponse());
                    } catch (IOException | BadRequestException e) {
                        LOG.debug("The operator left before the answer about {}", question.interactionId(), e);
                    } finally {
                        exchange.complete();
                    }
                }));
    }

    private void show(Parameters parameters, String result, int status, HttpServletResponse response)
            throws IOException, BadRequestException {
        page.send(
                response,
                status,
                Map.of(
                        "interaction",
                        Page.escaped(parameters.get("InteractionId").orElse("")),
                        "server",
                        Page.escaped(parameters.get("ChatServerAppName").orElse("")),
                        "attempts",
                        String.valueOf(prober.config().attempts()),
                        "interval",
                        seconds(prober.config().interval().toMillis()),
                        "result",
                        result));
    }

    private static String result(ProbeAnswer answer) {
        return """
                <section id="answer">
                <p class="verdict %s"><strong id="verdict">%s</strong>: %s</p>
                <p id="why">%s.</p>
                %s<h2>What is known besides</h2>
                <table id="known"><tbody>%s</tbody></table>
                </section>""".formatted(
                        answer.route() ? "routes" : "stops",
                        answer.verdict().wireName(),
                        answer.route() ? "route it" : "do not route it",
                        Page.escaped(Wording.of(answer.reason())),
                        attempts(answer),
                        known(answer).entrySet().stream()
                                .map(fact -> "<tr><th scope=\"row\">" + fact.getKey() + "</th><td>"
                                        + Page.escaped(fact.getValue()) + "</td></tr>")
                                .collect(Collectors.joining()));
    }

    private static String attempts(ProbeAnswer answer) {
        return answer.attempts().stream()
                .map(attempt -> "<tr><td><time>%s</time></td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                attempt.at().truncatedTo(ChronoUnit.MILLIS),
                                attempt.server().isEmpty() ? "any" : Page.escaped(attempt.server()),
                                Page.escaped(Wording.of(attempt.outcome()))))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        rows -> rows.isEmpty()
                                ? ""
                                : "<h2>Attempts</h2>\n<table id=\"attempts\"><thead><tr><th>Ended</th><th>Server</th>"
                                        + "<th>Outcome</th></tr></thead><tbody>" + rows + "</tbody></table>\n"));
    }

    private static Map<String, String> known(ProbeAnswer answer) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("Chat server", answer.server().isEmpty() ? "nobody named one" : answer.server());
        known.put(
                "Probe seen on its way to the customer",
                answer.reason() == Reason.SIGHTED ? "yes" : "not by the time of the verdict");
        known.put(
                "Customer's browser",
                answer.customer().map(ProbePageServlet::browser).orElse("was not seen here"));
        answer.customer()
                .ifPresent(signs -> known.put("Told that the chat ended", signs.chatEndedSeen() ? "yes" : "no"));
        known.put(
                "Rests on",
                answer.attempt() + " of " + answer.attemptsMax() + " attempts"
                        + (answer.cached() ? ", partly of an earlier question" : ""));
        if (answer.shadowVerdict() != null) {
            known.put("Without shadow mode", answer.shadowVerdict().wireName());
        }
        return known;
    }

    private static String browser(CustomerSigns signs) {
        String asked = "asked for something " + seconds(signs.sinceLastPoll().toMillis()) + " ago";
        return signs.browserGone() ? asked + ", left before the answer, and was not seen since" : asked;
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
}
