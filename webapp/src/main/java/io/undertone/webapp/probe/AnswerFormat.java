package io.undertone.webapp.probe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.jetty.http.QuotedQualityCSV;
import tools.jackson.databind.json.JsonMapper;

/** The forms that an answer can have, so that every workflow tool finds one that it reads. */
enum AnswerFormat {
    /** One flat object. */
    JSON("application/json"),
    /** One element per key in a root element {@code probe}. */
    XML("application/xml"),
    /** The verdict, a single word. */
    TEXT("text/plain"),
    /** {@code key=value} pairs, percent-encoded. */
    FORM("application/x-www-form-urlencoded"),
    /** {@link #JSON} for people's tools, no longer flat: with why in words, and each attempt. Only by its name. */
    DETAILS("application/json");

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String mediaType;

    AnswerFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of that name, in any case; empty when there is none. */
    static Optional<AnswerFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** What a caller asks for, by the parameter {@code format} or else by {@code Accept}. */
    static AnswerFormat asked(Parameters parameters, HttpServletRequest request) throws BadRequestException {
        Optional<String> name = parameters.get("format");
        if (name.isEmpty()) {
            return accepted(Collections.list(request.getHeaders("Accept")));
        }
        return named(name.get())
                .orElseThrow(() -> new BadRequestException(
                        HttpServletResponse.SC_BAD_REQUEST,
                        "Bad parameter",
                        "format is none that there is: write json, xml, text, form or details"));
    }

    /**
     * What {@code Accept} headers like best. A caller who accepts nothing that we write, or whose header cannot be read,
     * gets JSON all the same.
     */
    static AnswerFormat accepted(List<String> acceptHeaders) {
        QuotedQualityCSV accept = new QuotedQualityCSV();
        try {
            acceptHeaders.forEach(accept::addValue);
        } catch (IllegalArgumentException e) {
            return JSON;
        }
        return accept.getValues().stream()
                .flatMap(mediaRange -> matching(mediaRange).stream())
                .findFirst()
                .orElse(JSON);
    }

    private String contentType() {
        return mediaType + ";charset=utf-8";
    }

    byte[] write(ProbeAnswer answer) {
        return write(this == DETAILS ? answer.details() : answer.fields(), answer.word());
    }

    /** Writes fields, flat but for {@link #DETAILS}; where there is room for a single word, that word alone. */
    byte[] write(Map<String, Object> fields, String word) {
        String text =
                switch (this) {
                    case JSON, DETAILS -> MAPPER.writeValueAsString(fields);
                    case XML -> xml(fields);
                    case TEXT -> word;
                    case FORM -> form(fields);
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends what was written, as a whole reply. */
    void send(byte[] body, HttpServletResponse response) throws IOException {
        response.setContentType(contentType());
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }

    private static Optional<AnswerFormat> matching(String mediaRange) {
        String type = mediaRange.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json", "application/*", "*/*" -> Optional.of(JSON);
            // text/xml is an alias (RFC 7303 section 9.2).
            case "application/xml", "text/xml" -> Optional.of(XML);
            case "text/plain", "text/*" -> Optional.of(TEXT);
            case "application/x-www-form-urlencoded" -> Optional.of(FORM);
            default -> Optional.empty();
        };
    }

    private static String xml(Map<String, Object> fields) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("probe");
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                xml.writeStartElement(field.getKey());
                xml.writeCharacters(field.getValue().toString());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer could not be written as XML", e);
        }
        return text.toString();
    }

    private static String form(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(field.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
