package io.undertone.webapp.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a chat's own traffic told, without a question. It stands beside a verdict and never makes one: customers come back,
 * and anybody can ask in the name of a chat.
 *
 * @param sinceLastPoll how long ago the browser asked for anything, or was sent a probe
 * @param chatEndedSeen whether the customer was told that the chat ended
 * @param browserGone whether the browser dropped a request or a WebSocket before its end, and asked for nothing since
 */
public record CustomerSigns(Duration sinceLastPoll, boolean chatEndedSeen, boolean browserGone) {

    /** The answer's keys for them, in their order. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("customer_last_poll_ms", sinceLastPoll.toMillis());
        fields.put("chat_ended_seen", chatEndedSeen);
        fields.put("browser_gone", browserGone);
        return fields;
    }
}
