package io.undertone.server.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one operation, urlencoded or multipart; what is missing or malformed is refused by name. */
final class GmsRequest {
    private final HttpServletRequest request;

    GmsRequest(HttpServletRequest request) {
        this.request = request;
    }

    String required(String field) {
        String value = optional(field);
        if (value == null || value.isEmpty()) {
            throw GmsRefusal.badField("field '" + field + "' is missing");
        }
        return value;
    }

    @Nullable
    String optional(String field) {
        return request.getParameter(field);
    }

    /** {@code transcriptPosition}, null when it is not sent. */
    @Nullable
    Integer transcriptPosition() {
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
    String nickname() {
        String nickname = optional("nickname");
        if (nickname != null && !nickname.isBlank()) {
            return nickname;
        }
        return required("firstName") + " " + required("lastName");
    }

    /** The fields {@code userData[key]}, by key. */
    Map<String, String> userData() {
        Map<String, String> userData = new LinkedHashMap<>();
        request.getParameterMap().forEach((field, values) -> {
            if (field.startsWith("userData[") && field.endsWith("]")) {
                userData.put(field.substring("userData[".length(), field.length() - 1), values[0]);
            }
        });
        return userData;
    }

    Part file() throws IOException, ServletException {
        boolean multipart = String.valueOf(request.getContentType()).startsWith("multipart/form-data");
        Part file = multipart ? request.getPart("file") : null;
        if (file == null || file.getSubmittedFileName() == null) {
            throw GmsRefusal.badField("field 'file' is missing: send a file as multipart/form-data");
        }
        return file;
    }
}
