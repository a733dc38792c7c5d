package io.undertone.server.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an operation over REST, urlencoded or multipart. */
final class FormFields implements GmsFields {
    private final HttpServletRequest request;

    FormFields(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public @Nullable String optional(String field) {
        return request.getParameter(field);
    }

    /** The fields {@code userData[key]}, by key. */
    @Override
    public Map<String, String> userData() {
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
