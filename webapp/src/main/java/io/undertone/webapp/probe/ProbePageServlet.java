package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import io.undertone.webapp.page.Page;
import io.undertone.webapp.page.PageStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The page where an operator asks about one chat and sees each attempt. A GET shows the form, filled in with what its query
 * says, and sends nothing into a chat; a POST asks, and its reply grows by each attempt until the verdict falls. A second
 * POST, by the button on that page, has no more probes sent.
 *
 * <p>It must be registered with asynchronous support, and does not check who asks.
 */
public final class ProbePageServlet extends HttpServlet {
    private static final String CANCEL = "cancel";
    private static final String CANCELLED =
            "<p id=\"cancelled\">Cancelled: no more probes are sent into this chat.</p>";

    private final transient Prober prober;
    private final transient QuestionReader questions;
    /** Open questions, by the ticket that the page's button names. */
    private final transient Map<String, CompletableFuture<ProbeAnswer>> open = new ConcurrentHashMap<>();

    private final transient Page page = Page.signedIn(ProbePageServlet.class, "probe");

    public ProbePageServlet(Prober prober) {
        this.prober = prober;
        this.questions = new QuestionReader(prober.userDataKeys(), false);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getMethod()) {
                case "GET" -> show(Parameters.ofQuery(request), "", 200, response);
                case "POST" -> answer(Parameters.of(request), request, response);
                default -> {
                    response.setHeader("Allow", "GET, POST");
                    new Problem(405, "Method not allowed", "This page takes GET and POST alone").writeTo(response);
                }
            }
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }

    private void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        Optional<String> cancelled = parameters.get(CANCEL);
        if (cancelled.isPresent()) {
            CompletableFuture<ProbeAnswer> asked = open.get(cancelled.get());
            boolean isCancelled = asked != null && asked.cancel(false);
            show(parameters, isCancelled ? CANCELLED : "<p>There was nothing left to cancel.</p>", 200, response);
            return;
        }
        try {
            ask(questions.read(parameters), parameters, request, response);
        } catch (BadRequestException e) {
            String mistake = "<p class=\"mistake\">" + Page.escaped(e.problem().detail()) + "</p>";
            show(parameters, mistake, e.problem().status(), response);
        }
    }

    private void ask(
            ProbeRequest question, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws BadRequestException {
        Page.Halves halves = page.around("result", values(parameters));
        String ticket = UUID.randomUUID().toString();
        AsyncContext exchange = request.startAsync();
        // The attempts bound the time.
        exchange.setTimeout(0);
        page.begin(response, 200);
        PageStream browser = new PageStream(exchange, () -> cancel(ticket));
        browser.write(halves.before() + cancelButton(ticket, parameters));
        AttemptRows rows = new AttemptRows();
        CompletableFuture<ProbeAnswer> asked =
                prober.probe(question, attempts -> browser.write(rows.further(attempts)));
        open.put(ticket, asked);
        var unused = asked.whenComplete((answer, failure) -> {
            open.remove(ticket);
            String rest = answer == null
                    ? rows.end() + CANCELLED
                    : rows.further(answer.attempts()) + rows.end() + result(answer);
            browser.end(rest + halves.after());
        });
    }

    private void cancel(String ticket) {
        CompletableFuture<ProbeAnswer> asked = open.get(ticket);
        if (asked != null) {
            asked.cancel(false);
        }
    }

    private static String cancelButton(String ticket, Parameters parameters) throws BadRequestException {
        return """
                <form id="asking" class="cancel" method="post" action="probe">
                <input type="hidden" name="InteractionId" value="%s"><input type="hidden" name="ChatServerAppName" value="%s">
                <button id="cancel" name="%s" value="%s">Cancel</button>
                </form>""".formatted(
                        value(parameters, "InteractionId"), value(parameters, "ChatServerAppName"), CANCEL, ticket);
    }

    private static String value(Parameters parameters, String name) throws BadRequestException {
        return Page.escaped(parameters.get(name).orElse(""));
    }

    private void show(Parameters parameters, String result, int status, HttpServletResponse response)
            throws IOException, BadRequestException {
        Map<String, String> values = new HashMap<>(values(parameters));
        values.put("result", result);
        page.send(response, status, values);
    }

    private Map<String, String> values(Parameters parameters) throws BadRequestException {
        return Map.of(
                "interaction",
                value(parameters, "InteractionId"),
                "server",
                value(parameters, "ChatServerAppName"),
                "attempts",
                String.valueOf(prober.config().attempts()),
                "interval",
                seconds(prober.config().interval().toMillis()));
    }

    private static String result(ProbeAnswer answer) {
        return """
                <section id="answer">
                <p class="verdict %s"><strong id="verdict">%s</strong>: %s</p>
                <p id="why">%s.</p>
                <h2>What is known besides</h2>
                <table id="known"><tbody>%s</tbody></table>
                </section>""".formatted(
                        answer.route() ? "routes" : "stops",
                        answer.verdict().wireName(),
                        answer.route() ? "route it" : "do not route it",
                        Page.escaped(Wording.of(answer.reason())),
                        known(answer).entrySet().stream()
                                .map(fact -> "<tr><th scope=\"row\">" + fact.getKey() + "</th><td>"
                                        + Page.escaped(fact.getValue()) + "</td></tr>")
                                .collect(Collectors.joining()));
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
        String seen = "was last seen " + seconds(signs.sinceLastPoll().toMillis()) + " ago";
        return signs.browserGone() ? seen + ", left before the answer, and did not come again" : seen;
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
}
