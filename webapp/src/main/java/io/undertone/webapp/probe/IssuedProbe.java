package io.undertone.webapp.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A probe for a workflow to send: one flat object, whatever its format.
 *
 * @param interactionId the chat that it is for
 * @param probeId what the report has to name
 * @param chatServerAppName the application to address, null for any of the type
 * @param method of the service {@code Chat}
 * @param parameters the method's arguments, the text among them
 */
record IssuedProbe(
        String interactionId,
        String probeId,
        @Nullable String chatServerAppName,
        String method,
        Map<String, String> parameters) {

    /** The keys in their order. What the request says has the names that it has there. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interaction_id", interactionId);
        fields.put("probe_id", probeId);
        fields.put("server", chatServerAppName == null ? "" : chatServerAppName);
        fields.put("service", ProbeMessage.SERVICE);
        fields.put("method", method);
        fields.putAll(parameters);
        return fields;
    }
}
