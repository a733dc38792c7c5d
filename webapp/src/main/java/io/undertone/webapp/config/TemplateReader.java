package io.undertone.webapp.config;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/** Reads {@code probe.template}. */
final class TemplateReader {
    private static final String URL_MODEL = "http://HOST:PORT/PATH/{InteractionId}";

    private TemplateReader() {}

    /** Returns what was read, empty beside an error. */
    static Optional<TransportConfig.Template> read(Section section) {
        String method =
                section.value("method", "POST", text -> Values.spelled(text, "GET", "POST", "PUT", "PATCH", "DELETE"));
        Optional<TextTemplate> url = section.required("url", URL_MODEL, TemplateReader::url);
        Map<String, TextTemplate> headers =
                section.map("headers", TemplateReader::headerName, TemplateReader::headerValue);
        Optional<String> contentType = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(header -> header.getValue().text())
                .findFirst();
        Escaping escaping = section.has("body") ? escaping(section, contentType) : Escaping.PLAIN;
        TextTemplate body =
                section.optional("body", text -> body(text, escaping)).orElse(null);
        List<OutcomeRow> outcomes = section.list("outcomes", TemplateReader::row);
        if (!section.has("outcomes")) {
            section.error("outcomes", "is missing; write a list with a row for each reply that means something");
        }
        section.finish();
        Optional<TransportConfig.Template> template =
                url.map(address -> new TransportConfig.Template(method, address, headers, body, escaping, outcomes));
        if (template.isPresent() && !template.get().placeholders().contains(Placeholder.INTERACTION_ID)) {
            section.error("", "says nowhere which chat it is about; write {InteractionId} into url, headers or body");
        }
        return template;
    }

    private static TextTemplate url(String text) {
        TextTemplate template = new TextTemplate(text);
        Values.httpUrl(template.fill(placeholder -> "1"), URL_MODEL);
        return template;
    }

    private static String headerName(String name) {
        // The client itself knows which names it keeps for its own use.
        HttpRequest.newBuilder().header(name, "x");
        return name;
    }

    private static TextTemplate headerValue(String text) {
        TextTemplate template = new TextTemplate(text);
        Escaping.HEADER.escape(text);
        return template;
    }

    private static Escaping escaping(Section section, Optional<String> contentType) {
        if (contentType.isEmpty()) {
            section.error(
                    "headers",
                    "has no Content-Type, without which nobody knows how values stand in the body;"
                            + " write one, such as Content-Type: application/json");
            return Escaping.PLAIN;
        }
        try {
            return Escaping.ofBody(contentType.get());
        } catch (IllegalArgumentException unknown) {
            section.error("headers", "Content-Type " + unknown.getMessage());
            return Escaping.PLAIN;
        }
    }

    private static TextTemplate body(String text, Escaping escaping) {
        TextTemplate template = new TextTemplate(Values.notBlank(text));
        if (escaping == Escaping.JSON) {
            try {
                // A bare word is JSON within a string alone.
                Values.json(template.fill(placeholder -> "x"));
            } catch (IllegalArgumentException notOne) {
                throw new IllegalArgumentException(
                        "is no JSON once it is filled; write placeholders within strings, as in '{\"text\":\"{Text}\"}'",
                        notOne);
            }
        }
        return template;
    }

    private static Optional<OutcomeRow> row(Section section) {
        List<Integer> statuses = section.values("status", text -> Values.wholeNumber(text, 100, 599));
        String pointer = section.optional("pointer", TemplateReader::pointer).orElse(null);
        String equal = section.optional("equals", text -> text).orElse(null);
        String contains = section.optional("contains", Values::notBlank).orElse(null);
        OutcomeRow.Outcome outcome = section.required(
                        "outcome", "accepted, not-found, no-server or other", TemplateReader::outcome)
                .orElse(OutcomeRow.Outcome.OTHER);
        String faultCode = section.text("faultCode", OutcomeRow.INTERACTION_NOT_FOUND);
        for (String mistake : mistakes(section, outcome)) {
            section.error("", mistake);
        }
        return Optional.of(new OutcomeRow(statuses, pointer, equal, contains, outcome, faultCode));
    }

    private static List<String> mistakes(Section row, OutcomeRow.Outcome outcome) {
        List<String> mistakes = new ArrayList<>();
        if (!row.has("status") && !row.has("pointer") && !row.has("contains")) {
            mistakes.add("holds for every reply; write status, pointer or contains");
        }
        if (row.has("equals") && !row.has("pointer")) {
            mistakes.add("has 'equals' without 'pointer'; write where that value stands, as in /error/code");
        }
        if (row.has("faultCode") && outcome != OutcomeRow.Outcome.NOT_FOUND) {
            mistakes.add("has a 'faultCode' that nothing reads; leave it out, or write 'outcome: not-found'");
        }
        return mistakes;
    }

    private static OutcomeRow.Outcome outcome(String text) {
        return switch (Values.spelled(text, "accepted", "not-found", "no-server", "other")) {
            case "accepted" -> OutcomeRow.Outcome.ACCEPTED;
            case "not-found" -> OutcomeRow.Outcome.NOT_FOUND;
            case "no-server" -> OutcomeRow.Outcome.NO_SERVER;
            default -> OutcomeRow.Outcome.OTHER;
        };
    }

    private static String pointer(String text) {
        try {
            JsonPointer.compile(Values.notBlank(text));
            return text;
        } catch (IllegalArgumentException notOne) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is no JSON pointer; write it as in /error/code", notOne);
        }
    }
}
