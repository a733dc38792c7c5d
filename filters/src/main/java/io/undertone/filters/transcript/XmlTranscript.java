package io.undertone.filters.transcript;

import com.ctc.wstx.osgi.InputFactoryProviderImpl;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.KeywordSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Scrubs one XML document: the children of every {@code chatTranscript} in it are events. Names as in the transcripts that
 * Universal Contact Server stores and public exporters read.
 */
final class XmlTranscript {
    /** Those in which a text has one spelling; see {@link Tape}. */
    static final Set<Charset> CHARSETS = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.US_ASCII);

    /** Attributes that the chat system fills in, not a person. */
    private static final Set<String> STRUCTURE = Set.of(
            "askerId",
            "clientVersion",
            "code",
            "eventId",
            "noticeType",
            "personId",
            "protocolType",
            "sessionId",
            "startAt",
            "timeShift",
            "timeZoneOffset",
            "treatAs",
            "type",
            "userId",
            "userType",
            "visibility");

    private static final XMLInputFactory FACTORY = factory();

    private final KeywordSet keywords;
    private final Audience audience;
    private final Map<String, Long> hiddenBy = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();
    private TranscriptJudge judge;
    private long events;
    private int depth;
    /** How deep the transcript stands that is being read, 0 outside of any. */
    private int transcriptDepth;

    private boolean anyTranscript;
    private @Nullable TranscriptEvent event;

    XmlTranscript(KeywordSet keywords, Audience audience) {
        this.keywords = keywords;
        this.audience = audience;
        judge = new TranscriptJudge(keywords, audience);
    }

    private static XMLInputFactory factory() {
        // Woodstox whatever else is on the class path. Its factory's own class has an annotation that does not compile
        // here.
        XMLInputFactory factory = new InputFactoryProviderImpl().createInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Text that is parsed when it is asked for throws unchecked exceptions.
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }

    /** @param head how the document begins; the parser finds its encoding in it */
    ScrubSummary scrub(byte[] head, InputStream in, OutputStream out) throws IOException {
        try {
            Tape tape = new Tape(in, out, charset(head), TranscriptScrubber.EVENT_LIMIT);
            XMLStreamReader2 xml = (XMLStreamReader2) FACTORY.createXMLStreamReader(tape);
            try {
                while (xml.hasNext()) {
                    xml.next();
                    judge(xml, tape);
                }
            } catch (XMLStreamException e) {
                if (e.getNestedException() instanceof Tape.Fault fault) {
                    throw unreadable(xml, tape, fault);
                }
                throw e;
            }
            if (!anyTranscript) {
                throw new UnreadableTranscriptException(
                        1, 1, "this is no transcript: there is no chatTranscript in it");
            }
            tape.finish();
        } catch (XMLStreamException e) {
            throw asIOException(e);
        }
        return new ScrubSummary(events, hiddenBy);
    }

    private static Charset charset(byte[] head) throws XMLStreamException, UnreadableTranscriptException {
        XMLStreamReader declaration = FACTORY.createXMLStreamReader(new ByteArrayInputStream(head));
        String name = declaration.getEncoding();
        return CHARSETS.stream()
                .filter(charset -> charset.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UnreadableTranscriptException(
                        1, 1, "the encoding " + name + " is not supported: convert the transcript to UTF-8"));
    }

    private void judge(XMLStreamReader2 xml, Tape tape) throws IOException, XMLStreamException {
        switch (xml.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> {
                endOfText(xml);
                depth++;
                start(xml, tape);
            }
            case XMLStreamConstants.END_ELEMENT -> {
                endOfText(xml);
                end(xml, tape);
                depth--;
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text.append(xml.getText());
            case XMLStreamConstants.DTD ->
                throw unreadable(xml, "a document type declaration is not accepted: remove it");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw unreadable(xml, "the entity &" + xml.getLocalName() + "; is not declared");
            default -> {
                // Comments and processing instructions say nothing, and go the way of what they stand in.
            }
        }
    }

    private void start(XMLStreamReader2 xml, Tape tape) throws IOException, XMLStreamException {
        if (event == null && transcriptDepth > 0) {
            events++;
            event = new TranscriptEvent(
                    xml.getLocationInfo().getStartingCharOffset(),
                    xml.getAttributeValue(null, "userId"),
                    xml.getAttributeValue(null, "visibility"));
        } else if (event == null && xml.getLocalName().equals("chatTranscript")) {
            anyTranscript = true;
            transcriptDepth = depth;
            judge = new TranscriptJudge(keywords, audience);
        } else if (event != null
                && depth == transcriptDepth + 2
                && xml.getLocalName().equals("userInfo")) {
            event.announce(xml.getAttributeValue(null, "userType"), xml.getAttributeValue(null, "userNick"));
        }
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (!STRUCTURE.contains(xml.getAttributeLocalName(i))) {
                say(xml, xml.getAttributeValue(i));
            }
        }
        if (event == null) {
            tape.send(xml.getLocationInfo().getEndingCharOffset());
        }
    }

    private void end(XMLStreamReader2 xml, Tape tape) throws IOException, XMLStreamException {
        long end = xml.getLocationInfo().getEndingCharOffset();
        if (event == null) {
            tape.send(end);
        } else if (depth == transcriptDepth + 1) {
            end(event, xml, tape, end);
            event = null;
        }
        if (depth == transcriptDepth) {
            transcriptDepth = 0;
        }
    }

    private void end(TranscriptEvent whole, XMLStreamReader2 xml, Tape tape, long end) throws IOException {
        String reason = judge.hides(whole).orElse(null);
        if (judge.comesTooLate(whole)) {
            throw unreadable(
                    xml,
                    "a hidden participant is announced behind its own events: sort the events by eventId and try again");
        }
        if (reason == null) {
            tape.send(end);
        } else {
            hiddenBy.merge(reason, 1L, Long::sum);
            tape.send(tape.whiteSpaceBefore(whole.start()));
            tape.cut(end);
        }
    }

    /** Characters between two tags are one text, however many sections, references and comments they are made of. */
    private void endOfText(XMLStreamReader2 xml) throws UnreadableTranscriptException {
        if (!text.isEmpty()) {
            say(xml, text.toString());
            text.setLength(0);
        }
    }

    private void say(XMLStreamReader2 xml, String words) throws UnreadableTranscriptException {
        if (event != null) {
            event.say(words);
        } else if (judge.hidesStray(words)) {
            throw unreadable(
                    xml, "a keyword stands outside of the transcript's events, where nothing can be taken out");
        }
    }

    /** What is wrong with the tag, or other token, that was just read. */
    private static UnreadableTranscriptException unreadable(XMLStreamReader2 xml, String what) {
        return at(xml.getLocationInfo().getStartLocation(), what);
    }

    /** What the tape found wrong where the parser asked for more of it: the parser is ahead then, by a buffer. */
    private static UnreadableTranscriptException unreadable(XMLStreamReader2 xml, Tape tape, Tape.Fault fault) {
        Location location = xml.getLocationInfo().getCurrentLocation();
        int ahead = location.getCharacterOffset() - (int) tape.position();
        return new UnreadableTranscriptException(
                location.getLineNumber(), location.getColumnNumber() - ahead, String.valueOf(fault.getMessage()));
    }

    private static UnreadableTranscriptException at(Location location, String what) {
        return new UnreadableTranscriptException(location.getLineNumber(), location.getColumnNumber(), what);
    }

    /** A stream's own failure, or what the parser found fault with, without the place that it puts in every message. */
    private static IOException asIOException(XMLStreamException e) {
        if (e.getNestedException() instanceof IOException failure) {
            return failure;
        }
        String what = String.valueOf(e.getMessage());
        int place = what.indexOf("\n at [row");
        String fault = "this is not well-formed XML: " + (place < 0 ? what : what.substring(0, place));
        // An encoding that nobody knows is found before there is a place.
        return e.getLocation() == null ? new UnreadableTranscriptException(1, 1, fault) : at(e.getLocation(), fault);
    }
}
