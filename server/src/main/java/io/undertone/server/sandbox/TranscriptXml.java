package io.undertone.server.sandbox;

import io.undertone.filters.keyword.SenderKind;
import java.io.OutputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a transcript as UCS stores it. Every visibility is in it. Typing and renames are not kept, so {@code eventId} has
 * gaps, as it has in real ones.
 */
final class TranscriptXml {
    private final XMLStreamWriter xml;
    private final Transcript transcript;

    private TranscriptXml(XMLStreamWriter xml, Transcript transcript) {
        this.xml = xml;
        this.transcript = transcript;
    }

    /** Writes UTF-8; the stream stays open. */
    static void write(Transcript transcript, OutputStream out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
        new TranscriptXml(xml, transcript).write();
        xml.close();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("chatTranscript");
        attribute(
                "startAt",
                transcript.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        attribute("sessionId", transcript.interactionId());
        for (ChatEvent event : transcript.from(1)) {
            write(event);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(ChatEvent event) throws XMLStreamException {
        Content content = event.content();
        String noticeType = event.type().noticeType();
        if (event.type() == EventType.PARTICIPANT_JOINED) {
            start("newParty", event);
            xml.writeEmptyElement("userInfo");
            attribute("personId", "");
            attribute("userNick", event.from().nickname());
            attribute("userType", event.from().kind().name());
            attribute("protocolType", protocol(event.from().kind()));
            userData(content.userData());
            xml.writeEndElement();
        } else if (event.type() == EventType.PARTICIPANT_LEFT) {
            start("partyLeft", event);
            attribute("askerId", event.from().userId());
            text("reason", null, null, "left");
            xml.writeEndElement();
        } else if (event.type() == EventType.MESSAGE) {
            start("message", event);
            text("msgText", "msgType", content.messageType(), content.text());
            userData(content.userData());
            xml.writeEndElement();
        } else if (noticeType != null) {
            start("notice", event);
            text("noticeText", "noticeType", noticeType, content.text());
            userData(content.userData());
            xml.writeEndElement();
        }
    }

    private void start(String element, ChatEvent event) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("userId", event.from().userId());
        attribute(
                "timeShift",
                Long.toString(
                        Duration.between(transcript.startedAt(), event.at()).toSeconds()));
        attribute("visibility", event.visibility().name());
        attribute("eventId", Integer.toString(event.index()));
    }

    private void text(String element, @Nullable String attribute, @Nullable String value, @Nullable String text)
            throws XMLStreamException {
        xml.writeStartElement(element);
        if (attribute != null && value != null) {
            attribute(attribute, value);
        }
        xml.writeCharacters(legal(text == null ? "" : text));
        xml.writeEndElement();
    }

    private void userData(Map<String, String> userData) throws XMLStreamException {
        if (userData.isEmpty()) {
            return;
        }
        xml.writeStartElement("userData");
        for (Map.Entry<String, String> item : new TreeMap<>(userData).entrySet()) {
            xml.writeStartElement("item");
            attribute("key", item.getKey());
            attribute("type", "string");
            xml.writeCharacters(legal(item.getValue()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static String protocol(SenderKind kind) {
        return switch (kind) {
            case CLIENT -> "FLEX";
            case EXTERNAL -> "ESP";
            default -> "BASIC";
        };
    }

    /** XML 1.0 has no way to spell most control characters, and the writer does not refuse them. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> isXmlChar(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXmlChar(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0xD800)
                || (c > 0xDFFF && c < 0xFFFE)
                || c > 0xFFFF;
    }
}
