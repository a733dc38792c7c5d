package io.undertone.server.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one operation, however they came; what is missing or malformed is refused by name. */
interface GmsFields {

    /** The field's text, null when it is not sent. */
    @Nullable
    String optional(String field);

    /** The data that the customer attaches, by key; empty for none. */
    Map<String, String> userData();

    default String required(String field) {
        String value = optional(field);
        if (value == null || value.isEmpty()) {
            throw GmsRefusal.badField("field '" + field + "' is missing");
        }
        return value;
    }

    /** {@code transcriptPosition}, null when it is not sent. */
    @Nullable
    default Integer transcriptPosition() {
        String value = optional("transcriptPosition");
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException malformed) {
            throw GmsRefusal.badField("field 'transcriptPosition' has to be a whole number, not '" + value + "'");
        }
    }

    /** {@code nickname}, or {@code firstName} and {@code lastName} in its place. */
    default String nickname() {
        String nickname = optional("nickname");
        if (nickname != null && !nickname.isBlank()) {
            return nickname;
        }
        return required("firstName") + " " + required("lastName");
    }
}
