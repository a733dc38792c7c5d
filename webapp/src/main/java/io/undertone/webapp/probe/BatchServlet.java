package io.undertone.webapp.probe;

import io.undertone.webapp.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of questions in one request: a POST with one a line, as JSON objects or as CSV with a header. Each is answered by
 * a line of JSON as soon as its verdict is known, in no order; a line that is no question, by its number and what is wrong
 * with it. {@code mode}, {@code timeout_ms} and {@code attempt} in the query hold for every line that does not say otherwise.
 *
 * <p>It must be registered with asynchronous support, and does not check who asks. It holds a thread while lines come in, and
 * none while verdicts are waited for.
 */
public final class BatchServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(BatchServlet.class);

    private final transient Prober prober;
    private final transient QuestionReader questions;

    public BatchServlet(Prober prober) {
        this.prober = prober;
        this.questions =
                new QuestionReader(prober.userDataKeys(), prober.reports().isPresent());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            new Problem(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                            "Method not allowed",
                            "A batch is sent by POST, not by " + request.getMethod())
                    .writeTo(response);
            return;
        }
        LineReader lines = new LineReader(request.getInputStream());
        try {
            Parameters forAll = Parameters.ofQuery(request);
            BatchFormat format = format(request, lines);
            BatchReply reply = BatchReply.begin(request.startAsync());
            try {
                ask(lines, format, forAll, reply);
            } catch (IOException e) {
                LOG.debug("The caller left within the batch", e);
                reply.abandon();
            }
        } catch (BadRequestException e) {
            e.problem().writeTo(response);
        }
    }

    private void ask(LineReader lines, BatchFormat format, Parameters forAll, BatchReply reply) throws IOException {
        for (LineReader.Line line = lines.next(); line != null && reply.admit(); line = lines.next()) {
            try {
                Parameters parameters = format.read(line.required());
                for (String name : QuestionReader.OURS) {
                    parameters.fillIn(name, forAll);
                }
                reply.answerWith(prober.probe(questions.read(parameters)));
            } catch (BadRequestException e) {
                reply.refuse(line.number(), e.problem());
            }
        }
        reply.end();
    }

    private static BatchFormat format(HttpServletRequest request, LineReader lines)
            throws IOException, BadRequestException {
        Parameters.requireUtf8(request, "application/x-ndjson or text/csv");
        String contentType = request.getContentType();
        String mediaType =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (mediaType) {
            case "", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json" ->
                BatchFormat.JSON_LINES;
            case "text/csv" -> {
                LineReader.Line header = lines.next();
                yield BatchFormat.csv(header == null ? "" : header.required());
            }
            default ->
                throw new BadRequestException(
                        HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                        "Unsupported body",
                        "The body's Content-Type is none of a batch: send application/x-ndjson with one object a line, or"
                                + " text/csv with a header");
        };
    }
}
