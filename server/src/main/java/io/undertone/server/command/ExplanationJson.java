package io.undertone.server.command;

import static io.undertone.server.command.ExplanationWords.capitalised;
import static io.undertone.server.command.ExplanationWords.spelled;

import io.undertone.filters.dialect.Field;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.payload.Decision;
import io.undertone.filters.payload.ExplainedMessage;
import io.undertone.filters.payload.Explainer;
import io.undertone.filters.payload.Explanation;
import io.undertone.filters.payload.Hiding;
import io.undertone.filters.payload.Reason;
import io.undertone.filters.payload.Unreadable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An explanation for scripts: one JSON object, in one line. */
final class ExplanationJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExplanationJson() {}

    static String of(Explainer explainer, Explanation explanation) {
        ObjectNode root = JSON.createObjectNode();
        root.put("dialect", explainer.dialect().name());
        root.put("type", spelled(explainer.type()));
        root.put("audience", spelled(explainer.audience()));
        root.put("bytes_in", explanation.bytesIn());
        root.put("bytes_out", explanation.bytesOut());
        ObjectNode counts = root.putObject("counts");
        counts.put("delivered", explanation.delivered());
        counts.put("tagged", explanation.tagged());
        for (Hiding hiding : Hiding.values()) {
            counts.put(spelled(hiding), explanation.hidden(hiding));
        }
        ArrayNode messages = root.putArray("messages");
        explanation.messages().forEach(message -> put(message, messages.addObject()));
        if (explanation.unreadable() == null) {
            root.putNull("unreadable");
        } else {
            put(explanation.unreadable(), root.putObject("unreadable"));
        }
        return JSON.writeValueAsString(root);
    }

    private static void put(ExplainedMessage message, ObjectNode to) {
        to.put("number", message.number());
        to.put("sender", capitalised(message.sender()));
        ObjectNode fields = to.putObject("fields");
        for (Field field : Field.values()) {
            if (!message.all(field).isEmpty()) {
                ArrayNode values = fields.putArray(spelled(field));
                message.all(field).forEach(values::add);
            }
        }
        if (message.decision() instanceof Decision.Hide hide) {
            to.put("outcome", spelled(hide.hiding()))
                    .put("visibility", hide.tag().name());
        } else if (message.decision() instanceof Decision.Tag tag) {
            to.put("outcome", "tagged").put("visibility", tag.visibility().name());
        } else {
            to.put("outcome", "delivered").put("visibility", "ALL");
        }
        ArrayNode reasons = to.putArray("reasons");
        message.reasons().forEach(reason -> put(reason, reasons.addObject()));
    }

    private static void put(Reason reason, ObjectNode to) {
        if (reason instanceof Reason.Exempt exempt) {
            ObjectNode values = to.put("rule", "exempt").putObject("values");
            exempt.values().forEach((field, value) -> values.put(spelled(field), value));
        } else if (reason instanceof Reason.HiddenSender hidden) {
            to.put("rule", "hidden_participant")
                    .put("sign", spelled(hidden.sign()))
                    .put("value", hidden.value());
        } else if (reason instanceof Reason.OwnVisibility own) {
            to.put("rule", "visibility").put("value", own.visibility().name());
        } else if (reason instanceof Reason.Carries carries) {
            put(carries.keyword(), to.put("rule", "keyword"));
            to.put("field", spelled(carries.field()))
                    .put("value", carries.value())
                    .put("standing", spelled(carries.standing()));
        }
    }

    private static void put(Keyword keyword, ObjectNode to) {
        to.put("keyword_id", keyword.id())
                .put("keyword", keyword.text())
                .put("visibility", keyword.visibility().name())
                .put("match", spelled(keyword.match()))
                .put("compare", spelled(keyword.compare()));
    }

    private static void put(Unreadable unreadable, ObjectNode to) {
        to.put("reason", unreadable.reason().tag())
                .put("offset", unreadable.offset())
                .put("line", unreadable.line())
                .put("column", unreadable.column())
                .put("may_pass", unreadable.mayPass());
        if (unreadable.stray() != null) {
            put(unreadable.stray().keyword(), to.put("words", unreadable.stray().words()));
        }
    }
}
