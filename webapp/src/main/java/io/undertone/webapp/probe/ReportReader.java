package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Reads what a workflow says came back of a probe that it sent itself. */
final class ReportReader {
    private static final int MAX_TEXT = 200;

    private ReportReader() {}

    /**
     * Hands a report over to be judged with the question that it came with.
     *
     * @throws BadRequestException if the report cannot be read, or is of no probe that is out for the interaction
     */
    static void read(Parameters parameters, String interactionId, Reports reports) throws BadRequestException {
        Optional<String> outcome = parameters.getExactly("outcome");
        if (outcome.isEmpty()) {
            return;
        }
        String probeId = parameters
                .getExactly("probe_id")
                .orElseThrow(() -> invalid(
                        "outcome stands without probe_id: send the one that /api/v1/probe/text gave with the text"));
        if (!reports.take(interactionId, probeId, outcome(outcome.get(), parameters))) {
            throw new BadRequestException(
                    HttpServletResponse.SC_CONFLICT,
                    "No such probe",
                    "probe_id is of no probe that is out for this interaction: it was reported already, is older than a"
                            + " minute, or another one was issued since. Ask /api/v1/probe/text of this node for a new one");
        }
    }

    private static EspOutcome outcome(String outcome, Parameters parameters) throws BadRequestException {
        return switch (outcome) {
            case "response" -> response(parameters);
            case "fault" -> new EspOutcome.Fault(text(parameters, "FaultCode"), text(parameters, "FaultString"));
            case "error" -> EspOutcome.ofError(text(parameters, "ErrorCode"), text(parameters, "ErrorMessage"));
            case "timeout" -> new EspOutcome.TimedOut();
            default -> throw invalid("outcome is none that there is: send response, fault, error or timeout");
        };
    }

    /** The protocol lets an error ride in a response's parameters; such a response accepts nothing. */
    private static EspOutcome response(Parameters parameters) throws BadRequestException {
        return parameters.getExactly("FaultCode").isEmpty()
                ? new EspOutcome.Accepted()
                : new EspOutcome.Failed("a response with a FaultCode was reported");
    }

    private static String text(Parameters parameters, String name) throws BadRequestException {
        return parameters
                .getExactly(name)
                .map(text -> Printable.shorten(text, MAX_TEXT))
                .orElse("");
    }

    private static BadRequestException invalid(String detail) {
        return new BadRequestException(HttpServletResponse.SC_BAD_REQUEST, "Bad report", detail);
    }
}
