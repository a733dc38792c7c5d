package io.undertone.webapp.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The External Service Protocol as JSON: writes the request that carries a probe, reads what comes back. The JSON form
 * is ours. Immutable.
 */
final class EspMessages {
    private static final int MAX_TEXT = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ProbeMessage message;

    EspMessages(ProbeMessage message) {
        this.message = message;
    }

    /**
     * @param chatServerAppName the server to address, null for any of the type
     * @param text what the probe says
     */
    byte[] request(String interactionId, @Nullable String chatServerAppName, String text) {
        Map<String, Object> request = new LinkedHashMap<>(message.address(chatServerAppName));
        request.put("Parameters", message.parameters(text));
        request.put("UserData", Map.of("InteractionId", interactionId));
        return JSON.writeValueAsBytes(request);
    }

    /** Reads the reply to a request about an interaction. Anything but the three known ones is {@link EspOutcome.Failed}, for it proves nothing. */
    EspOutcome outcome(String interactionId, byte[] reply) {
        JsonNode root;
        try {
            root = JSON.readTree(reply);
        } catch (JacksonException e) {
            return new EspOutcome.Failed("the reply is not JSON");
        }
        if (!Interaction.mayBe(interactionId, root.path("UserData"))) {
            return new EspOutcome.Failed("the reply is about another interaction");
        }
        return switch (root.path("message").asString("")) {
            case "ExternalServiceResponse" -> response(root);
            case "ExternalServiceFault" -> fault(root);
            case "EventError" -> error(root);
            default -> new EspOutcome.Failed("the reply is no answer to an ESP request");
        };
    }

    private EspOutcome response(JsonNode root) {
        // The protocol lets an error ride in a response's parameters; such a response accepts nothing.
        boolean faulty = root.path("Envelope").path("Parameters").has("FaultCode");
        return is(root, 501) && !faulty ? new EspOutcome.Accepted() : contradiction("ExternalServiceResponse");
    }

    private EspOutcome fault(JsonNode root) {
        JsonNode envelope = root.path("Envelope");
        if (!is(root, 502)
                || !names(envelope, "Service", ProbeMessage.SERVICE)
                || !names(envelope, "Method", message.method())) {
            return contradiction("ExternalServiceFault");
        }
        JsonNode fault = envelope.path("Parameters");
        return new EspOutcome.Fault(text(fault.path("FaultCode")), text(fault.path("FaultString")));
    }

    private static EspOutcome error(JsonNode root) {
        return is(root, 52)
                ? EspOutcome.ofError(text(root.path("AttributeErrorCode")), text(root.path("AttributeErrorMessage")))
                : contradiction("EventError");
    }

    private static EspOutcome contradiction(String message) {
        return new EspOutcome.Failed(message + " contradicts itself, or answers another request");
    }

    private static boolean is(JsonNode root, int messageId) {
        return names(root, "messageId", Integer.toString(messageId));
    }

    /** Whether a member, where there is one, has that value. */
    private static boolean names(JsonNode object, String member, String value) {
        JsonNode node = object.path(member);
        return node.isMissingNode() || text(node).equals(value);
    }

    /** The text of a string or a number, printable and short; servers differ in which they send. */
    private static String text(JsonNode node) {
        return node.isString() || node.isNumber()
                ? Printable.shorten(node.asString().strip(), MAX_TEXT)
                : "";
    }
}
