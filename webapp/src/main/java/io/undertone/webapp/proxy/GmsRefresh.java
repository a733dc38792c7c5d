package io.undertone.webapp.proxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.MultiMap;
import org.eclipse.jetty.util.UrlEncoded;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer of GMS V2 to a refresh when nothing happened ("Chat API Version 2", Refresh Chat): no messages, and in
 * {@code nextPosition} the position that was asked for. Clients keep that, the alias and the keys for their next request,
 * which thus asks for the same.
 */
final class GmsRefresh {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern POSITION = Pattern.compile("\\d{1,9}");

    private GmsRefresh() {}

    /**
     * Answers one refresh.
     *
     * @param form the request's body
     * @return empty if the refresh does not say from where on, or says something in the chat besides
     */
    static Optional<byte[]> answer(String chatId, String form) {
        MultiMap<String> fields = new MultiMap<>();
        try {
            UrlEncoded.decodeTo(form, fields, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noForm) {
            return Optional.empty();
        }
        String position = fields.getString("transcriptPosition");
        String message = fields.getString("message");
        if (position == null || !POSITION.matcher(position).matches() || (message != null && !message.isEmpty())) {
            return Optional.empty();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("statusCode", 0);
        for (String name : List.of("alias", "userId", "secureKey")) {
            if (fields.getValue(name) != null) {
                answer.put(name, fields.getValue(name));
            }
        }
        answer.put("chatId", chatId);
        answer.put("messages", List.of());
        answer.put("nextPosition", Integer.parseInt(position));
        answer.put("chatEnded", false);
        return Optional.of(JSON.writeValueAsBytes(answer));
    }
}
