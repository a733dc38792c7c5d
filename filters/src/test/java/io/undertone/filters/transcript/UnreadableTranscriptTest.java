package io.undertone.filters.transcript;

import static io.undertone.filters.transcript.Scrubbing.message;
import static io.undertone.filters.transcript.Scrubbing.newParty;
import static io.undertone.filters.transcript.Scrubbing.scrub;
import static io.undertone.filters.transcript.Scrubbing.transcript;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.undertone.filters.keyword.Audience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadableTranscriptTest {
    private static UnreadableTranscriptException refusal(String transcript, Charset charset) {
        return catchThrowableOfType(UnreadableTranscriptException.class, () -> scrub(transcript, charset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                            | 1 | 1  | begins neither like XML",
                "hello                                         | 1 | 1  | begins neither like XML",
                "<html><body/></html>                          | 1 | 1  | no chatTranscript",
                "<chatTranscript>                              | 1 | 16 | not well-formed",
                "<chatTranscript>~<message>~</chatTranscript>  | 3 | 16 | not well-formed",
                "<chatTranscript/><chatTranscript/>            | 1 | 19 | not well-formed",
                "<chatTranscript>~ <message a='1' a='2'/>      | 2 | 23 | not well-formed",
                "<chatTranscript>~&nbsp;</chatTranscript>      | 2 | 6  | nbsp",
                "<chatTranscript>&#0;</chatTranscript>         | 1 | 20 | not well-formed",
                "<!DOCTYPE chatTranscript><chatTranscript/>    | 1 | 1  | document type declaration",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><chatTranscript>&b;</chatTranscript>"
                        + "| 1 | 1  | document type declaration",
                "<chatTranscript>~#undertone#</chatTranscript> | 2 | 12 | outside",
                "<x subject='#undertone#'><chatTranscript/></x>| 1 | 1  | outside",
                "<?xml version='1.0' encoding='windows-1252'?><chatTranscript/> | 1 | 1 | convert the transcript to UTF-8",
                "<?xml version='1.0' encoding='utf-99'?><chatTranscript/> | 1 | 1 | utf-99",
                "{'messages':[}                                | 1 | 1  | JSON",
                "{'messages':[~{'text':'a'},~                  | 3 | 1  | ends in the middle",
                "{'messages':[],~'more':'#undertone#'}         | 2 | 1  | dialect"
            })
    void itSaysWhereAndWhat(String transcript, int line, int column, String what) {
        String text = transcript.replace('~', '\n');
        UnreadableTranscriptException refusal =
                refusal(text.startsWith("{") ? text.replace('\'', '"') : text, StandardCharsets.UTF_8);
        assertThat(refusal).hasMessageContaining(what).hasMessageStartingWith("line " + line + ", column " + column);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.column()).isEqualTo(column);
        assertThat(refusal.getMessage()).doesNotContain("\n", "[row", "ctc.wstx");
    }

    @Test
    void bytesThatAreNotOfTheEncodingAreRefusedWhereTheyStand() {
        String latin = transcript("\n", message("x", "ok"), "\n", "  Grüße");
        UnreadableTranscriptException refusal = refusal(latin, StandardCharsets.ISO_8859_1);
        assertThat(refusal).hasMessageContaining("not UTF-8");
        assertThat(refusal.line()).isEqualTo(3);
        assertThat(refusal.column()).isEqualTo(5);
    }

    @Test
    void anEncodingThatIsNotTheDeclaredOneIsRefused() {
        String declared = "<?xml version='1.0' encoding='UTF-16'?>" + transcript();
        assertThat(refusal(declared, StandardCharsets.UTF_8)).isNotNull();
    }

    @Test
    void aHiddenParticipantThatComesBehindItsOwnEventsIsRefusedRatherThanLeaked() {
        String given = transcript("\n", message("e", "hello"), "\n", newParty("e", "probe", "EXTERNAL"));
        assertThat(refusal(given, StandardCharsets.UTF_8)).hasMessageContaining("sort the events");
        String harmless = given.replace("'probe'", "'bot'");
        assertThat(refusal(harmless, StandardCharsets.UTF_8)).isNull();
    }

    @Test
    void anEventWithoutEndIsRefusedBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                Arrays.fill(to, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        byte[] start = "<chatTranscript>\n<message><msgText>".getBytes(StandardCharsets.UTF_8);
        InputStream given = new SequenceInputStream(new ByteArrayInputStream(start), endless);
        assertThatThrownBy(() -> Scrubbing.scrubber(Scrubbing.KEYWORDS, Audience.CUSTOMER)
                        .scrub(given, OutputStream.nullOutputStream()))
                .isInstanceOf(UnreadableTranscriptException.class)
                .hasMessageStartingWith("line 2, ")
                .hasMessageContaining("larger than 1048576 characters");
    }

    @Test
    void aStreamThatFailsIsNoFaultOfTheTranscript() {
        IOException gone = new IOException("the share is gone");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw gone;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                throw gone;
            }
        };
        byte[] start = new byte[8192];
        Arrays.fill(start, (byte) ' ');
        start[0] = '<';
        start[1] = 'a';
        InputStream given = new SequenceInputStream(new ByteArrayInputStream(start), failing);
        assertThatThrownBy(() -> Scrubbing.scrubber(Scrubbing.KEYWORDS, Audience.CUSTOMER)
                        .scrub(given, OutputStream.nullOutputStream()))
                .isSameAs(gone);
    }
}
