package io.undertone.webapp.proxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer of a CometD server to {@code /meta/connect} when nothing happened (Bayeux specification, section 4.2.2). The
 * client connects again and acknowledges the same batch; what the server has sent after that one, it sends again (CometD's
 * acknowledgement extension). There is no {@code advice}: the client goes on as the server told it before, and a new one
 * would have to repeat all of it.
 */
final class BayeuxConnect {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CHANNEL = "/meta/connect";

    private BayeuxConnect() {}

    /**
     * Answers one connect.
     *
     * @param json the request's body
     * @return empty if it is not one connect alone, or one that acknowledges nothing
     */
    static Optional<byte[]> answer(String json) {
        try {
            JsonNode body = JSON.readTree(json);
            JsonNode message = body.isArray() && body.size() == 1 ? body.get(0) : body;
            boolean isSafe = CHANNEL.equals(message.path("channel").asString(""))
                    && message.path("ext").path("ack").isNumber();
            return isSafe ? Optional.of(JSON.writeValueAsBytes(List.of(answer(message)))) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> answer(JsonNode message) {
        Map<String, Object> answer = new LinkedHashMap<>();
        for (String name : List.of("id", "clientId")) {
            if (message.has(name)) {
                answer.put(name, message.get(name));
            }
        }
        answer.put("channel", CHANNEL);
        answer.put("successful", true);
        return answer;
    }
}
