package io.undertone.filters.transcript;

import static io.undertone.filters.transcript.Scrubbing.STORED;
import static io.undertone.filters.transcript.Scrubbing.message;
import static io.undertone.filters.transcript.Scrubbing.newParty;
import static io.undertone.filters.transcript.Scrubbing.scrub;
import static io.undertone.filters.transcript.Scrubbing.transcript;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.filters.keyword.Audience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

class TranscriptScrubberTest {

    @Test
    void aCustomersTranscriptIsTheStoredOneWithoutTheLinesThatAreHidden() throws IOException {
        Scrubbing.Result result = scrub(STORED);
        List<String> hiddenLines = List.of("00E1", "userNick=\"probe\"", "visibility=\"INT\"");
        String wanted = STORED.lines()
                .filter(line -> hiddenLines.stream().noneMatch(line::contains))
                .collect(joining("\n", "", "\n"))
                // The end tag of the probe's join, which stands on a line of its own.
                .replaceFirst("hello</msgText></message>\n  </newParty>", "hello</msgText></message>");
        assertThat(result.text()).isEqualTo(wanted);
        assertThat(result.summary()).isEqualTo(new ScrubSummary(10, Map.of("participant", 4L, "visibility", 1L)));
        assertThat(result.summary().hidden()).isEqualTo(5);
    }

    @Test
    void anotherParserFindsTheEventsThatAreKept() throws Exception {
        assertThat(eventIds(STORED.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1", "3", "4", "5", "6", "7", "8", "18", "92", "95");
        assertThat(eventIds(scrub(STORED).bytes())).containsExactly("1", "3", "7", "18", "95");
    }

    private static List<String> eventIds(byte[] xml) throws Exception {
        NodeList events = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement()
                .getElementsByTagName("*");
        return IntStream.range(0, events.getLength())
                .mapToObj(i -> events.item(i).getAttributes().getNamedItem("eventId"))
                .filter(id -> id != null)
                .map(id -> id.getNodeValue())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOMER, ALL, true",
        "CUSTOMER, INT, false",
        "CUSTOMER, VIP, false",
        "AGENT, INT, true",
        "AGENT, VIP, false",
        "SUPERVISOR, VIP, true",
        "CUSTOMER, '', true",
        "CUSTOMER, int, false",
        "AGENT, SECRET, false",
        "SUPERVISOR, SECRET, true",
        "CUSTOMER, ' VIP ', false"
    })
    void aVisibilityHidesFromThoseWhoMayNotSeeIt(Audience audience, String visibility, boolean kept)
            throws IOException {
        String given = transcript("<message visibility='" + visibility + "'><msgText>x</msgText></message>");
        Scrubbing.Result result = scrub(given.getBytes(StandardCharsets.UTF_8), audience);
        assertThat(result.text()).isEqualTo(kept ? given : transcript());
        assertThat(result.summary().hiddenBy()).isEqualTo(kept ? Map.of() : Map.of("visibility", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message><msgText>a #undertone# b</msgText></message>",
                "<message><msgText>#under<![CDATA[tone]]>&#35;</msgText></message>",
                "<message><msgText>#under<!-- not said -->tone#</msgText></message>",
                "<message><msgText>#UNDER&#xAD;TONE#</msgText></message>",
                "<message><msgText msgType='#undertone#'>hello</msgText></message>",
                "<notice><noticeText noticeType='USER_PUSHED_URL'>https://x/?#undertone#</noticeText></notice>",
                "<notice><noticeText noticeType='SYS_COMMAND'/><userData><item key='file-name'>#undertone#.png</item></userData></notice>",
                "<message><eventAttributes><item key='a' type='kvlist'><item key='b'>#undertone#</item></item></eventAttributes></message>",
                "<message><eventAttributes><item key='#undertone#'>1</item></eventAttributes></message>",
                "<newParty><userInfo userNick='#undertone#' userType='AGENT'/></newParty>",
                "<partyLeft><reason code='4'>#undertone#</reason></partyLeft>",
                "<inventedLater>#undertone#</inventedLater>",
                "<x:message xmlns:x='urn:x'><x:msgText>#undertone#</x:msgText></x:message>",
                "<message userId='&quot;'><msgText>&#x23;undertone#&gt;</msgText></message>"
            })
    void aKeywordHidesAnEventWhereverItStandsInIt(String event) throws Exception {
        String kept = "<message><msgText>kept</msgText></message>";
        Scrubbing.Result result = scrub(transcript(kept, event, kept));
        assertThat(result.text()).isEqualTo(transcript(kept, kept));
        assertThat(result.summary()).isEqualTo(new ScrubSummary(3, Map.of("#undertone#", 1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message><msgText>#under</msgText><msgText>tone#</msgText></message>",
                "<message userId='#undertone#' eventId='#undertone#'><msgText>hello</msgText></message>",
                "<message><!-- #undertone# --><msgText>hello</msgText></message>",
                "<message><msgText>undertone</msgText></message>"
            })
    void whatOnlyLooksLikeAKeywordHidesNothing(String event) throws IOException {
        assertThat(scrub(transcript(event)).text()).isEqualTo(transcript(event));
    }

    @Test
    void aKeywordCountsByWhoSaysIt() throws IOException {
        String client = newParty("c", "Vi", "CLIENT") + message("c", "what is #undertone#?");
        String agent = newParty("a", "Ann", "AGENT");
        String said = agent + message("a", "#undertone#") + message("x", "#undertone#")
                + "<message><msgText>#undertone#</msgText></message>";
        assertThat(scrub(transcript(client, said)).text()).isEqualTo(transcript(client, agent));
    }

    @Test
    void aKeywordInANicknameHidesAllThatGoesByIt() throws IOException {
        String given = transcript(newParty("a", "#undertone#", "AGENT"), message("a", "hello"));
        assertThat(scrub(given).text()).isEqualTo(transcript());
    }

    @Test
    void anAgentKeepsWhatIsForAgents() throws IOException {
        String coached = message("x", "#coach# ask for the number");
        byte[] given = transcript(coached, message("x", "#undertone#")).getBytes(StandardCharsets.UTF_8);
        assertThat(scrub(given, Audience.AGENT).text()).isEqualTo(transcript(coached));
        assertThat(scrub(given, Audience.SUPERVISOR).bytes()).isEqualTo(given);
    }

    @Test
    void aHiddenParticipantIsHiddenWhole_andOthersOfItsNameAreNot() throws IOException {
        String customer = newParty("c", "probe", "CLIENT") + message("c", "hello");
        String agent = newParty("a", "probe", "AGENT") + message("a", "hello");
        String later = newParty("e", "somebody", "EXTERNAL") + message("e", "hello") + "<partyLeft userId='e'/>";
        String given = transcript(customer, agent, newParty("e", "Probe", "EXTERNAL"), message("e", "hello"), later);
        Scrubbing.Result result = scrub(given);
        assertThat(result.text()).isEqualTo(transcript(customer, agent));
        assertThat(result.summary().hiddenBy()).isEqualTo(Map.of("participant", 5L));
    }

    @Test
    void onlyUserInfoOfTheEventItselfSaysWhoSomebodyIs() throws IOException {
        String forged = "<message userId='a'><userData><userInfo userType='CLIENT'/></userData></message>";
        assertThat(scrub(transcript(forged, message("a", "#undertone#"))).text())
                .isEqualTo(transcript(forged));
    }

    @Test
    void aTranscriptWithinAnExportIsScrubbedAndTheRestOfItIsLeft() throws IOException {
        String export =
                "<?xml version=\"1.0\"?>\r\n<export>\r\n<ixn id='1' subject='a chat'>%s</ixn><ixn>%s</ixn>\r\n<message visibility='VIP'/></export>\r\n<!-- end -->\r\n";
        String first = newParty("e", "probe", "EXTERNAL") + message("e", "x");
        String second = message("e", "who is told of by the other chat alone") + message("a", "#undertone#");
        assertThat(scrub(export.formatted(transcript(first), transcript(second)))
                        .text())
                .isEqualTo(export.formatted(
                        transcript(), transcript(message("e", "who is told of by the other chat alone"))));
    }

    @Test
    void theWhiteSpaceBeforeAHiddenEventGoesWithItAndNothingElse() throws IOException {
        String hidden = message("x", "#undertone#");
        String kept = message("x", "hello");
        String given = transcript(
                "\n  ",
                kept,
                "\t \n  ",
                hidden,
                "\r\n\r\n",
                hidden,
                " <!-- a --> ",
                hidden,
                "\n ",
                kept,
                " ",
                hidden,
                "\n");
        assertThat(scrub(given).text()).isEqualTo(transcript("\n  ", kept, " <!-- a -->", "\n ", kept, "\n"));
    }

    @Test
    void jsonGoesThroughTheEngine() throws IOException {
        String reply = "{ \"chatId\":\"1\", \"messages\": [%s{\"from\":{\"type\":\"Client\"},\"text\":\"hi\"} ] }\n";
        String hidden = "{\"from\":{\"type\":\"External\"},\"text\":\"#undertone#\"},";
        Scrubbing.Result result = scrub(reply.formatted(hidden));
        assertThat(result.text()).isEqualTo(reply.formatted(""));
        assertThat(result.summary()).isEqualTo(new ScrubSummary(2, Map.of("#undertone#", 1L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n"})
    void aDocumentALineIsScrubbedLineByLine(String end) throws IOException {
        String line = "{\"messages\":[%s{\"from\":{\"type\":\"Client\"},\"text\":\"hi\"}]}" + end;
        String hidden = "{\"from\":{\"type\":\"External\"},\"text\":\"#undertone#\"},";
        String longFirst = line.formatted("{\"text\":\"" + "x".repeat(100_000) + "\"},");
        Scrubbing.Result result = scrub(longFirst + line.formatted(hidden).repeat(3));
        assertThat(result.text()).isEqualTo(longFirst + line.formatted("").repeat(3));
        assertThat(result.summary().hidden()).isEqualTo(3);
    }

    @Test
    void aLineThatIsNoJsonIsNamed() {
        assertThatThrownBy(() -> scrub("{\"messages\":[]}\n{\"messages\":[]}\n{\"messages\":[}\n"))
                .isInstanceOf(UnreadableTranscriptException.class)
                .hasMessageContaining("not JSON")
                .satisfies(e ->
                        assertThat(((UnreadableTranscriptException) e).line()).isEqualTo(3));
    }

    @Test
    void aJsonMessageThatSaysItIsForAgentsIsHidden() throws IOException {
        Scrubbing.Result result = scrub("{\"messages\":[{\"visibility\":\"INT\",\"text\":\"hi\"}]}");
        assertThat(result.text()).isEqualTo("{\"messages\":[]}");
        assertThat(result.summary().hiddenBy()).isEqualTo(Map.of(ScrubSummary.VISIBILITY, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<chatTranscript/>", "{\"messages\":[]}"})
    void aDiskThatIsFullIsNoFaultOfTheTranscript(String transcript) {
        IOException full = new IOException("no space left");
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        };
        TranscriptScrubber scrubber = Scrubbing.scrubber(Scrubbing.KEYWORDS, Audience.CUSTOMER);
        assertThatThrownBy(() ->
                        scrubber.scrub(new ByteArrayInputStream(transcript.getBytes(StandardCharsets.UTF_8)), out))
                .isSameAs(full);
    }
}
