package io.undertone.server.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A request of the External Service Protocol, in its JSON envelope.
 *
 * @param appName the application it is for; empty when any of the type will do
 * @param interactionId from the user data; empty when it was not sent along
 */
record EspRequest(
        String appName,
        String appType,
        String service,
        String method,
        Map<String, String> parameters,
        String interactionId) {

    /** @throws IllegalArgumentException if it is no JSON object; members that are missing are empty */
    static EspRequest of(JsonNode envelope) {
        if (!envelope.isObject()) {
            throw new IllegalArgumentException(
                    "the body has to be a JSON object with AppName, AppType, Service, Method, Parameters and UserData");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        envelope.path("Parameters")
                .properties()
                .forEach(member ->
                        parameters.put(member.getKey(), member.getValue().asString("")));
        return new EspRequest(
                envelope.path("AppName").asString(""),
                envelope.path("AppType").asString(""),
                envelope.path("Service").asString(""),
                envelope.path("Method").asString(""),
                parameters,
                envelope.path("UserData").path("InteractionId").asString(""));
    }
}
