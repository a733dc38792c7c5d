package io.undertone.filters.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldJudgeTest {
    private final List<String> withheld = new ArrayList<>();

    private static Keyword keyword(String text, Match match) {
        return new Keyword(text, text, Visibility.VIP, match, Compare.LOOSE, Keyword.ANYONE_BUT_THE_CUSTOMER);
    }

    private FieldJudge judge(Audience audience) {
        return new FieldJudge(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(),
                audience,
                KeywordSet.compile(
                        1,
                        List.of(
                                Keyword.of("#undertone#", Visibility.VIP),
                                Keyword.of("caf\u00e9 r\u00e9serv\u00e9", Visibility.VIP),
                                Keyword.of("a+b", Visibility.VIP),
                                Keyword.of("=4711=", Visibility.INT),
                                keyword("secret", Match.EXACT),
                                keyword("psst", Match.PREFIX)),
                        List.of(new HiddenParticipant("ghost", SenderKind.EXTERNAL))),
                new ChatMemory(),
                withheld::add);
    }

    private Optional<String> toCustomer(String name, String value) {
        return judge(Audience.CUSTOMER).judge(name, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Content-Disposition | attachment; filename=\"#undertone#.pdf\"",
                "Content-Disposition | attachment; filename*=UTF-8''%23undertone%23.pdf",
                "Content-Disposition | attachment; filename*=iso-8859-1'fr'caf%E9%20r%E9serv%E9.pdf",
                "Content-Disposition | attachment; filename*=UTF-8''caf%C3%A9%20r%C3%A9serv%C3%A9.pdf",
                "Content-Disposition | attachment; filename=\"#under\\tone#\"",
                "Content-Disposition | attachment; filename=secret",
                "Content-Disposition | attachment; filename=\"psst.txt\"",
                "Link | </chat?text=%23Undertone%23>; rel=next; title=hello",
                "Location | /chat?text=caf%C3%A9+r%C3%A9serv%C3%A9",
                "Content-Location | /chat?q=1&text=secret",
                "Location | /sums/a+%62",
                "Warning | 199 - \"\uff03UNDERTONE\uff03\"",
                "WWW-Authenticate | Basic realm=\"for #undertone# only\"",
                "Set-Cookie | last=%23undertone%23; Path=/",
                "Set-Cookie | last==4711=; Path=/",
                "X-Message | {\"text\":\"\\u0023undertone\\u0023\"}",
                "X-Message | a&#35;undertone&#35;",
                "X-Message | \u00a0#under\u00adtone#",
                "X-Message | %00#undertone#",
                "X-Agent | ghost",
                "X-Agent | nick=ghost; since=1"
            })
    void aFieldThatCarriesAKeywordIsNotForTheCustomer(String name, String value) {
        assertThat(toCustomer(name, value)).isEmpty();
        assertThat(withheld).containsExactly(name);
        assertThat(judge(Audience.SUPERVISOR).judge(name, value)).contains(value);
    }

    @Test
    void bytesOfUtf8AreReadAsWhatTheySay() {
        String asUtf8 = new String("Caf\u00e9 r\u00e9serv\u00e9".getBytes(UTF_8), ISO_8859_1);

        assertThat(toCustomer("Warning", "299 - \"" + asUtf8 + "\"")).isEmpty();
        assertThat(toCustomer("Warning", "299 - \"Caf\u00e9 r\u00e9serv\u00e9\""))
                .isEmpty();
    }

    @Test
    void anAgentIsShownWhatIsForAgents() {
        assertThat(judge(Audience.AGENT).judge("X-Note", "=4711=")).contains("=4711=");
        assertThat(judge(Audience.AGENT).judge("X-Note", "#undertone#")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Content-Disposition | attachment; filename=\"undertone.pdf\"; size=4711",
                "Content-Disposition | attachment; filename*=UTF-8''%23undertones%23%00%zz",
                "Location | /chat?text=100%&a=a b",
                "Set-Cookie | SESSION=qF+%2Fa\\b&amp;%C3%28; Path=/; HttpOnly",
                "Cache-Control | no-store",
                "X-Note | a secret, my psst",
                "X-Agent | ghosts",
                "X-Visibility | pushurl, visibility"
            })
    void anyOtherFieldPassesAsItIs(String name, String value) {
        assertThat(toCustomer(name, value).orElseThrow()).isSameAs(value);
        assertThat(withheld).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag", "etag", "Content-Length", "DATE", "Sec-WebSocket-Accept", "Transfer-Encoding"})
    void aMachinesValueIsNoText(String name) {
        assertThat(toCustomer(name, "\"=4711=\"")).contains("\"=4711=\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json; title=\"#undertone#\"; charset=UTF-8 | application/json; charset=UTF-8",
                "application/json;charset=\"utf-8\";title=%23undertone%23 | application/json;charset=\"utf-8\"",
                "multipart/mixed; boundary=b-1; x=#undertone# | multipart/mixed; boundary=b-1",
                "text/plain; charset=#undertone# | text/plain",
                "text/plain; x=secret | text/plain"
            })
    void aTypeKeepsWhatABodyIsReadBy(String value, String seen) {
        assertThat(toCustomer("content-type", value)).contains(seen);
        assertThat(withheld).containsExactly("content-type");
    }

    @Test
    void whatIsNoTypeIsNotSentAsOne() {
        assertThat(toCustomer("Content-Type", "#undertone#/plain")).isEmpty();
    }

    @Test
    void aTypeStaysThoughItsOwnWordIsAKeyword() {
        FieldJudge judge = new FieldJudge(
                Dialects.named(Dialects.GENESYS_V2).orElseThrow(),
                Audience.CUSTOMER,
                KeywordSet.compile(1, List.of(Keyword.of("json", Visibility.VIP)), List.of()),
                new ChatMemory(),
                withheld::add);

        assertThat(judge.judge("Content-Type", "application/json;charset=utf-8"))
                .contains("application/json;charset=utf-8");
        assertThat(withheld).isEmpty();
    }
}
