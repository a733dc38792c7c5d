package io.undertone.server.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an operation over CometD: the {@code data} of a published message. */
record PublishedFields(Map<?, ?> data) implements GmsFields {

    @Override
    public @Nullable String optional(String field) {
        Object value = data.get(field);
        return value == null ? null : value.toString();
    }

    /** The object {@code userData}, with its values as text. */
    @Override
    public Map<String, String> userData() {
        Map<String, String> userData = new LinkedHashMap<>();
        if (data.get("userData") instanceof Map<?, ?> sent) {
            sent.forEach((key, value) -> userData.put(String.valueOf(key), String.valueOf(value)));
        }
        return userData;
    }
}
