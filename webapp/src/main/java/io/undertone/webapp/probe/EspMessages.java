package io.undertone.webapp.probe;

import io.undertone.webapp.config.ProbeConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The External Service Protocol as JSON: writes the request that carries a probe, reads what comes back. The taxonomy
 * (server, service, method, parameters, user data) is that of the vendor's Chat ESP requests; the JSON form is ours.
 * Immutable.
 */
final class EspMessages {
    private static final String SERVICE = "Chat";
    private static final int NO_APPROPRIATE_SERVER = 1;
    private static final int MAX_TEXT = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String method;
    private final Map<String, String> parameters;
    private final String textParameter;

    /** @throws IllegalArgumentException if the method is neither {@code Message} nor {@code Notice} */
    EspMessages(ProbeConfig config) {
        method = config.method();
        parameters = new LinkedHashMap<>();
        switch (method) {
            case "Message" -> textParameter = "MessageText";
            case "Notice" -> {
                parameters.put("NoticeType", "USER_CUSTOM");
                textParameter = "NoticeText";
            }
            default ->
                throw new IllegalArgumentException("probe.method is '%s': write Message or Notice".formatted(method));
        }
        parameters.put("Visibility", config.visibility().name());
        parameters.put("Nickname", config.nickname());
    }

    /**
     * @param chatServerAppName the server to address, null for any of the type
     * @param text what the probe says
     */
    byte[] request(String interactionId, @Nullable String chatServerAppName, String text) {
        Map<String, String> said = new LinkedHashMap<>(parameters);
        said.put(textParameter, text);
        Map<String, Object> request = new LinkedHashMap<>();
        if (chatServerAppName != null) {
            request.put("AppName", chatServerAppName);
        }
        request.put("AppType", "ChatServer");
        request.put("Service", SERVICE);
        request.put("Method", method);
        request.put("Version", "1.0");
        request.put("Parameters", said);
        request.put("UserData", Map.of("InteractionId", interactionId));
        return JSON.writeValueAsBytes(request);
    }

    /** Reads a reply. Anything but the three known ones is {@link EspOutcome.Failed}, for it proves nothing. */
    EspOutcome outcome(byte[] reply) {
        JsonNode root;
        try {
            root = JSON.readTree(reply);
        } catch (JacksonException e) {
            return new EspOutcome.Failed("the reply is not JSON");
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
        if (!is(root, 502) || !names(envelope, "Service", SERVICE) || !names(envelope, "Method", method)) {
            return contradiction("ExternalServiceFault");
        }
        JsonNode fault = envelope.path("Parameters");
        return new EspOutcome.Fault(text(fault.path("FaultCode")), text(fault.path("FaultString")));
    }

    private static EspOutcome error(JsonNode root) {
        String code = text(root.path("AttributeErrorCode"));
        if (!is(root, 52)) {
            return contradiction("EventError");
        }
        return code.equals(Integer.toString(NO_APPROPRIATE_SERVER))
                ? new EspOutcome.NoServer(code, text(root.path("AttributeErrorMessage")))
                : new EspOutcome.Failed("EventError with code '%s'".formatted(code));
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
