package io.undertone.filters.transcript;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One transcript through the scrubber, as a test wants it. */
final class Scrubbing {
    static final KeywordSet KEYWORDS = KeywordSet.compile(
            1,
            List.of(Keyword.of("#undertone#", Visibility.VIP), Keyword.of("#coach#", Visibility.INT)),
            List.of(new HiddenParticipant("probe", SenderKind.EXTERNAL)));

    /** A transcript as in a Universal Contact Server: a customer, an agent, and a workflow that probes. */
    static final String STORED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <chatTranscript startAt="2024-05-01T10:00:00Z" sessionId="0001aEXAMPLE00A1">
              <newParty userId="00A1" timeShift="0" visibility="ALL" eventId="1">
                <userInfo personId="" userNick="Visitor" userType="CLIENT" protocolType="FLEX" timeZoneOffset="60" clientVersion="106"/>
                <userData><item key="FirstName" type="string">Vi</item></userData>
              </newParty>
              <message userId="00A1" timeShift="2" visibility="ALL" eventId="3"><msgText msgType="text">hello</msgText></message>
              <newParty userId="00E1" timeShift="5" visibility="VIP" eventId="4">
                <userInfo personId="" userNick="probe" userType="EXTERNAL" protocolType="ESP" timeZoneOffset="0"/>
              </newParty>
              <message userId="00E1" timeShift="5" visibility="VIP" eventId="5"><msgText>#probe 7f3c#</msgText></message>
              <notice userId="00E1" timeShift="6" visibility="ALL" eventId="6"><noticeText noticeType="USER_CUSTOM">x</noticeText></notice>
              <newParty userId="00C1" timeShift="7" visibility="ALL" eventId="7"><userInfo userNick="Ann" userType="AGENT" protocolType="BASIC"/></newParty>
              <message userId="00C1" timeShift="8" visibility="INT" eventId="8"><msgText>ask for the number</msgText></message>
              <message userId="00C1" timeShift="8" visibility="ALL" eventId="18"><msgText>Good morning</msgText></message>
              <partyLeft userId="00E1" timeShift="89" visibility="ALL" eventId="92" askerId="00E1"><reason>left</reason></partyLeft>
              <partyLeft userId="00A1" timeShift="90" visibility="ALL" eventId="95" askerId="00A1"><reason code="3">left due to disconnect</reason></partyLeft>
            </chatTranscript>
            """;

    private Scrubbing() {}

    /** What came out, and what was said about it. */
    static final class Result {
        private final byte[] bytes;
        private final ScrubSummary summary;

        private Result(byte[] bytes, ScrubSummary summary) {
            this.bytes = bytes;
            this.summary = summary;
        }

        byte[] bytes() {
            return bytes;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        ScrubSummary summary() {
            return summary;
        }
    }

    static TranscriptScrubber scrubber(KeywordSet keywords, Audience audience) {
        return new TranscriptScrubber(
                keywords, audience, Dialects.named(Dialects.GENESYS_V2).orElseThrow());
    }

    static Result scrub(byte[] transcript, Audience audience) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ScrubSummary summary = scrubber(KEYWORDS, audience).scrub(new ByteArrayInputStream(transcript), out);
        return new Result(out.toByteArray(), summary);
    }

    static Result scrub(String transcript, Charset charset) throws IOException {
        return scrub(transcript.getBytes(charset), Audience.CUSTOMER);
    }

    /** In UTF-8 and for the customer. */
    static Result scrub(String transcript) throws IOException {
        return scrub(transcript, StandardCharsets.UTF_8);
    }

    /** Events in a transcript, between its two tags. */
    static String transcript(String... events) {
        return "<chatTranscript>" + String.join("", events) + "</chatTranscript>";
    }

    static String newParty(String userId, String nickname, String kind) {
        return "<newParty userId='%s' visibility='ALL'><userInfo userNick='%s' userType='%s'/></newParty>"
                .formatted(userId, nickname, kind);
    }

    static String message(String userId, String text) {
        return "<message userId='%s' visibility='ALL'><msgText>%s</msgText></message>".formatted(userId, text);
    }
}
