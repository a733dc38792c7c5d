package io.undertone.webapp.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;
import tools.jackson.databind.json.JsonMapper;

/** How a value has to be written where it stands, so that it stays one value there. */
public enum Escaping {
    /** In a URL: percent-encoded (RFC 3986 section 2.1). */
    URL,
    /** In an HTTP header: nothing but visible ASCII and spaces (RFC 9110 section 5.5). */
    HEADER,
    /** Within a JSON string. */
    JSON,
    /** In a form, {@code application/x-www-form-urlencoded}. */
    FORM,
    /** In the text or an attribute of an XML document. */
    XML,
    /** In plain text: as it is. */
    PLAIN;

    private static final JsonMapper JSON_TEXT = JsonMapper.shared();

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if it can never stand there; the message does not repeat it
     */
    public String escape(String value) {
        return switch (this) {
            case URL -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case JSON -> {
                String quoted = JSON_TEXT.writeValueAsString(value);
                yield quoted.substring(1, quoted.length() - 1);
            }
            case XML -> StringEscapeUtils.escapeXml10(value);
            case PLAIN -> value;
            case HEADER -> {
                if (!value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
                    throw new IllegalArgumentException("is not ASCII, which alone may stand in a header");
                }
                yield value;
            }
        };
    }

    /**
     * What the body of a request with that media type needs.
     *
     * @throws IllegalArgumentException if it is none of those that are known; the message says which are
     */
    static Escaping ofBody(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return JSON;
        }
        if (type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")) {
            return XML;
        }
        return switch (type) {
            case "application/x-www-form-urlencoded" -> FORM;
            case "text/plain" -> PLAIN;
            default ->
                throw new IllegalArgumentException('"' + contentType
                        + "\" is none that values can be written into; write application/json, application/xml,"
                        + " application/x-www-form-urlencoded or text/plain");
        };
    }
}
