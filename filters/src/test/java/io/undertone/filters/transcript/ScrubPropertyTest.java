package io.undertone.filters.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.keyword.Audience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.w3c.dom.Element;

/** Documents built of pieces of which it is known whether they are hidden: what is left has to be the others, to the byte. */
class ScrubPropertyTest {
    private static final String WORD = "#undertone#";

    /** A piece of a transcript, with the white space before it. */
    private record Piece(String before, String xml, boolean isEvent, boolean hidden) {}

    /** An encoding, as a document declares it and its bytes are. */
    private record Encoding(String declaration, Charset charset, String mark) {
        byte[] bytes(String text) {
            return (mark + declaration + text).getBytes(charset);
        }
    }

    @Property(tries = 400)
    void whatIsKeptIsIdenticalToTheByteAndWhatIsHiddenIsGone(
            @ForAll("pieces") List<Piece> pieces, @ForAll("encodings") Encoding encoding) throws Exception {
        StringBuilder given = new StringBuilder("\r\n<!-- é --><chatTranscript\n sessionId = \"1\"\t>");
        StringBuilder wanted = new StringBuilder(given);
        for (Piece piece : pieces) {
            given.append(piece.before).append(piece.xml);
            wanted.append(piece.hidden ? "" : piece.before + piece.xml);
        }
        given.append("\n</chatTranscript >\r\n<?end?>\n");
        wanted.append("\n</chatTranscript >\r\n<?end?>\n");

        Scrubbing.Result result = Scrubbing.scrub(encoding.bytes(given.toString()), Audience.CUSTOMER);

        assertThat(result.bytes()).isEqualTo(encoding.bytes(wanted.toString()));
        assertThat(result.summary().events())
                .isEqualTo(pieces.stream().filter(Piece::isEvent).count());
        assertThat(result.summary().hidden())
                .isEqualTo(pieces.stream().filter(Piece::hidden).count());
        Element root = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(result.bytes()))
                .getDocumentElement();
        assertThat(root.getTextContent()).doesNotContain(WORD);
    }

    @Property(tries = 60)
    void itDoesNotMatterHowManyBytesArriveAtATime(
            @ForAll("pieces") List<Piece> pieces, @ForAll("encodings") Encoding encoding) throws IOException {
        StringBuilder text = new StringBuilder("<chatTranscript>");
        pieces.forEach(piece -> text.append(piece.before).append(piece.xml));
        byte[] given = encoding.bytes(text.append("</chatTranscript>").toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream slow = new ByteArrayInputStream(given) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1));
            }
        };
        Scrubbing.scrubber(Scrubbing.KEYWORDS, Audience.CUSTOMER).scrub(slow, out);
        assertThat(out.toByteArray())
                .isEqualTo(Scrubbing.scrub(given, Audience.CUSTOMER).bytes());
    }

    @Provide
    Arbitrary<Encoding> encodings() {
        String declared = "<?xml version=\"1.0\" encoding='%s'?>";
        return Arbitraries.of(
                new Encoding("", StandardCharsets.UTF_8, ""),
                new Encoding("", StandardCharsets.UTF_8, "\uFEFF"),
                new Encoding(declared.formatted("utf-8"), StandardCharsets.UTF_8, ""),
                new Encoding(declared.formatted("UTF-8"), StandardCharsets.UTF_8, "\uFEFF"),
                new Encoding(declared.formatted("ISO-8859-1"), StandardCharsets.ISO_8859_1, ""),
                new Encoding(declared.formatted("UTF-16"), StandardCharsets.UTF_16BE, "\uFEFF"),
                new Encoding(declared.formatted("UTF-16"), StandardCharsets.UTF_16LE, "\uFEFF"),
                new Encoding(declared.formatted("utf-16le"), StandardCharsets.UTF_16LE, ""),
                new Encoding(declared.formatted("UTF-16BE"), StandardCharsets.UTF_16BE, ""));
    }

    /** White space, events of every shape, comments and instructions; long ones cross the edges of every buffer. */
    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<String> space = Arbitraries.of("", "", " ", "\n", "\r\n  ", "\r", "\t");
        Arbitrary<String> said = Arbitraries.of(
                        "a",
                        "é",
                        "ß",
                        "\u00A0",
                        "\r\n",
                        "\n",
                        " ",
                        "&amp;",
                        "&#x1F600;",
                        "&#13;",
                        "<![CDATA[<x/>]]]>",
                        "<![CDATA[\r\n]]>",
                        "<!-- <message> \r\n-->",
                        "<?go on?>",
                        "]",
                        " >",
                        "'",
                        "\"",
                        "&lt;",
                        "x".repeat(997))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        Arbitrary<String> shape = Arbitraries.of(
                "<message visibility='%2$s'><msgText>%1$s</msgText></message>",
                "<message\r\n visibility = \"%2$s\"\n><msgText >%1$s\n</msgText\n></message\r\n>",
                "<notice visibility='%2$s'><noticeText noticeType='USER_CUSTOM'/><userData><item key='k'>%1$s</item></userData></notice>",
                "<partyLeft visibility='%2$s'/>",
                "<later visibility='%2$s'\t/>");
        Arbitrary<Piece> event = Combinators.combine(
                        space, shape, said, Arbitraries.of("ALL", "ALL", "VIP"), Arbitraries.of(true, false))
                .as((before, form, text, visibility, marked) -> {
                    boolean carries = marked && form.contains("%1$s");
                    String xml = form.formatted(carries ? text + WORD + text : text, visibility);
                    return new Piece(before, xml, true, carries || visibility.equals("VIP"));
                });
        Arbitrary<Piece> other = Combinators.combine(space, Arbitraries.of("<!-- é\r\n-->", "<?x y?>"))
                .as((before, xml) -> new Piece(before, xml, false, false));
        return Arbitraries.frequencyOf(Tuple.of(5, event), Tuple.of(1, other))
                .list()
                .ofMaxSize(12);
    }
}
