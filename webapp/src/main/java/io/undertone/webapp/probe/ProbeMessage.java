package io.undertone.webapp.probe;

import io.undertone.webapp.config.NoticeConfig;
import io.undertone.webapp.config.ProbeConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ESP request that carries a probe says, by whatever means it is sent. The taxonomy (server, service, method,
 * parameters) is that of the vendor's Chat ESP requests. Immutable.
 */
final class ProbeMessage {
    static final String SERVICE = "Chat";

    private final String method;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final String textParameter;

    /** @throws IllegalArgumentException if the method is neither {@code Message} nor {@code Notice} */
    ProbeMessage(ProbeConfig config) {
        method = config.method();
        switch (method) {
            case "Message" -> textParameter = "MessageText";
            case "Notice" -> {
                NoticeConfig notice = config.notice();
                parameters.put(notice.typeKey(), notice.type());
                textParameter = notice.textKey();
            }
            default ->
                throw new IllegalArgumentException("probe.method is '%s': write Message or Notice".formatted(method));
        }
        parameters.put("Visibility", config.visibility().name());
        parameters.put("Nickname", config.nickname());
    }

    String method() {
        return method;
    }

    /** The method's arguments. */
    Map<String, String> parameters(String text) {
        Map<String, String> said = new LinkedHashMap<>(parameters);
        said.put(textParameter, text);
        return said;
    }

    /**
     * Who is asked for what.
     *
     * @param chatServerAppName the server to address, null for any of the type
     */
    Map<String, String> address(@Nullable String chatServerAppName) {
        Map<String, String> address = new LinkedHashMap<>();
        if (chatServerAppName != null) {
            address.put("AppName", chatServerAppName);
        }
        address.put("AppType", "ChatServer");
        address.put("Service", SERVICE);
        address.put("Method", method);
        address.put("Version", "1.0");
        return address;
    }
}
