package io.undertone.webapp.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.undertone.filters.dialect.Dialect;
import io.undertone.filters.dialect.MemberSign;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.KeywordSet;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.ChatMemory;
import io.undertone.filters.payload.OnUnreadable;
import io.undertone.filters.payload.PayloadEditor;
import io.undertone.filters.payload.PayloadType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectReaderTest {
    private static final String WHOLE = """
            dialects:
              - name: acme
                chatPath: ".*/acme/([^/]+)"
                downloadPath: ".*/acme/files"
                messages: [$.data.items, "[*].items"]
                rows: data.rows
                chatId: chat.id
                session: [chat, cursor]
                counts: left
                fields:
                  kind: who.role
                  nickname: who.name
                  position: "no"
                  visibility: level
                  type: "[0]"
                  text: [body, "[1]"]
                  structure: at
                vocabulary: {"[0]": [say, typing, hello all], at: none}
                kinds: {visitor: Client, "*": External}
                decode: {body: html}
                exempt:
                  - {type: hello*}
                renames: renamed
                addresses: link
                words: notes
                visibilities: {internal: INT}
                harmlessRow: {"[0]": '"typing"', "[1]": "null"}
              - name: either
                messages: [messages]
                candidates: [acme, genesys-v2]
            routes:
              - {path: /, upstream: "http://acme", dialect: acme}
            """;

    private static String edited(Dialect dialect, String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PayloadEditor editor = new PayloadEditor(
                PayloadType.JSON,
                dialect,
                Audience.CUSTOMER,
                KeywordSet.compile(1, List.of(Keyword.of("<ghost>", Visibility.VIP)), List.of()),
                OnUnreadable.WITHHOLD,
                new ChatMemory(),
                hidden -> {});
        byte[] bytes = payload.getBytes(UTF_8);
        editor.feed(bytes, 0, bytes.length, out::write);
        editor.end(out::write);
        return out.toString(UTF_8);
    }

    @Test
    void anOperatorsDialectIsReadAndSpoken() {
        UndertoneConfig config = ConfigReader.parse(WHOLE, Map.of());
        Dialect acme = config.dialects().require("acme");

        assertThat(config.routes()).extracting(RouteConfig::dialect).containsExactly("acme");
        assertThat(acme.isChatPath("/x/acme/7")).isTrue();
        assertThat(acme.isChatPath("/x/acme/files")).isFalse();
        assertThat(acme.chatIdIn("/x/acme/7")).contains("7");
        assertThat(acme.kind("visitor")).isEqualTo(SenderKind.CLIENT);
        assertThat(acme.kind("robot")).isEqualTo(SenderKind.EXTERNAL);
        assertThat(acme.isRename("renamed")).isTrue();
        assertThat(
                        edited(
                                acme,
                                "{\"chat\":{\"id\":\"<ghost>\"},\"data\":{\"items\":[{\"body\":\"&lt;ghost&gt;\"},{\"who\":{\"role\":\"visitor\"},\"body\":\"<ghost>\"},{\"t\":1}]}}"))
                .isEqualTo(
                        "{\"chat\":{\"id\":\"<ghost>\"},\"data\":{\"items\":[{\"who\":{\"role\":\"visitor\"},\"body\":\"<ghost>\"},{\"t\":1}]}}");
        assertThat(edited(acme, "{\"data\":{\"rows\":[[\"say\",\"<ghost>\"],[\"hello all\",\"<ghost>\"]]}}"))
                .isEqualTo("{\"data\":{\"rows\":[[\"typing\",null],[\"hello all\",\"\"]]}}");
    }

    /** Whatever its own words for it are: no scan of the bytes looks for them. */
    @ParameterizedTest
    @CsvSource({
        "PushUrl, visibility",
        "Go.PushUrl, visibility",
        "link, seen.visibility",
        "PushUrl, x-visibility",
        "PushUrl, for"
    })
    void addressesAndVisibilitiesOfAnyNameAreJudged(String address, String visibility) {
        Dialect dialect = ConfigReader.parse("""
                        dialects:
                          - name: acme
                            messages: items
                            fields: {type: what, text: body, visibility: "%s"}
                            addresses: %s
                        routes:
                          - {path: /, upstream: "http://acme", dialect: acme}
                        """.formatted(visibility, address), Map.of())
                .dialects()
                .require("acme");
        String level =
                visibility.startsWith("seen.") ? "\"seen\":{\"visibility\":\"INT\"}" : "\"" + visibility + "\":\"INT\"";

        assertThat(edited(
                        dialect,
                        "{\"items\":[{\"what\":\"%s\",\"body\":\"x/%%3Cghost%%3E\"},{\"a\":1}]}".formatted(address)))
                .isEqualTo("{\"items\":[{\"a\":1}]}");
        assertThat(edited(dialect, "{\"items\":[{\"body\":\"hi\",%s},{\"a\":1}]}".formatted(level)))
                .isEqualTo("{\"items\":[{\"a\":1}]}");
    }

    @Test
    void whatIsNotOfTheVocabularyIsJudged() {
        Dialect acme = ConfigReader.parse(WHOLE, Map.of()).dialects().require("acme");

        assertThat(
                        edited(
                                acme,
                                "{\"data\":{\"items\":[{\"at\":\"<ghost>\"},{\"at\":\"none\"},{\"no\":\"<ghost>\"}],\"rows\":[[\"<ghost>\"],[\"say\"]]}}"))
                .isEqualTo(
                        "{\"data\":{\"items\":[{\"at\":\"none\"},{\"no\":\"<ghost>\"}],\"rows\":[[\"typing\"],[\"say\"]]}}");
    }

    @Test
    void wordsVisibilitiesAndAddressesAreAsTheOperatorSays() {
        Dialect acme = ConfigReader.parse(WHOLE, Map.of()).dialects().require("acme");

        assertThat(edited(acme, "{\"notes\":[\"<ghost>\",{\"a\":\"b\"}]}"))
                .isEqualTo("{\"notes\":[\"\",{\"a\":\"b\"}]}");
        assertThat(edited(acme, "{\"data\":{\"items\":[{\"level\":\"internal\"},{\"level\":\"staff\"}]}}"))
                .isEqualTo("{\"data\":{\"items\":[{\"level\":\"staff\"}]}}");
        assertThat(edited(
                        acme, "{\"data\":{\"items\":[[\"link\",\"http://x/%3Cghost%3E\"],[\"say\",\"%3Cghost%3E\"]]}}"))
                .isEqualTo("{\"data\":{\"items\":[[\"say\",\"%3Cghost%3E\"]]}}");
    }

    @Test
    void aDialectMayBeLikeOthersAndSayTheRestItself() {
        UndertoneConfig config = ConfigReader.parse("""
                dialects:
                  - {name: ours, like: [genesys-v2], messages: events, fields: {text: caption, structure: text}}
                  - {name: both, like: [ours, genesys-v1]}
                """, Map.of());
        Dialect ours = config.dialects().require("ours");
        Dialect both = config.dialects().require("both");

        assertThat(ours.isChatPath("/x")).isFalse();
        assertThat(ours.chatIdIn("/genesys/2/chat/s/7/send")).contains("7");
        for (String list : new String[] {"messages", "events"}) {
            assertThat(
                            edited(
                                    ours,
                                    "{\"alias\":\"<ghost>\",\"" + list
                                            + "\":[{\"caption\":\"<ghost>\"},{\"text\":\"<ghost>\"},{\"from\":{\"type\":\"Client\"},\"caption\":\"<ghost>\"}]}"))
                    .isEqualTo("{\"alias\":\"<ghost>\",\"" + list
                            + "\":[{\"text\":\"<ghost>\"},{\"from\":{\"type\":\"Client\"},\"caption\":\"<ghost>\"}]}");
        }
        assertThat(edited(
                        both,
                        "{\"events\":[{\"caption\":\"<ghost>\"}],\"transcriptToShow\":[[\"a\",\"b\",\"<ghost>\"]]}"))
                .isEqualTo("{\"events\":[],\"transcriptToShow\":[[\"Notice.TypingStopped\",\"\",\"\"]]}");
    }

    @Test
    void whatSaysThatAChatGoesOnIsTakenOverWhole() {
        DialectCatalogue read = ConfigReader.parse("""
                        dialects:
                          - {name: ours, like: [genesys-v2]}
                          - {name: theirs, like: [genesys-v2], ended: {open: false}, goesOn: {open: true}}
                        """, Map.of()).dialects();

        assertThat(read.require("ours").signs())
                .hasSize(2)
                .filteredOn(MemberSign::canEnd)
                .hasSize(1);
        assertThat(read.require("ours").signs()).allMatch(MemberSign::canGoOn);
        assertThat(read.require("theirs").signs()).hasSize(2).allMatch(MemberSign::canEnd);
        assertThat(read.require("theirs").signs())
                .filteredOn(MemberSign::canGoOn)
                .singleElement()
                .satisfies(sign -> {
                    byte[] reply = "{\"open\" : true}".getBytes(UTF_8);
                    assertThat(sign.in(reply, 0, reply.length)).isEqualTo(MemberSign.Saying.GOES_ON);
                });
        assertThat(read.require("genesys-v1").signs()).noneMatch(MemberSign::canGoOn);
    }

    @Test
    void aDialectMayTryOthersFirstByThePath() {
        Dialect either = ConfigReader.parse(WHOLE, Map.of()).dialects().require("either");

        assertThat(either.under("/acme/7").name()).isEqualTo("acme");
        assertThat(either.under("/genesys/2/chat/x").name()).isEqualTo("genesys-v2");
        assertThat(either.under("/other").name()).isEqualTo("either");
    }

    @Test
    void theWholeDocumentMayBeTheList() {
        UndertoneConfig config =
                ConfigReader.parse("dialects: [{name: bare, messages: $, fields: {text: t}}]", Map.of());

        assertThat(edited(config.dialects().require("bare"), "[{\"t\":\"<ghost>\"},{\"t\":\"hi\"}]"))
                .isEqualTo("[{\"t\":\"hi\"}]");
    }

    @Test
    void whereADialectNamesNoPathsEveryPathIsAChats() {
        Dialect bare = ConfigReader.parse("dialects: [{name: bare, messages: a}]", Map.of())
                .dialects()
                .require("bare");

        assertThat(bare.isChatPath("/any/path")).isTrue();
    }

    @Test
    void theEnvironmentChangesAValueOfADialect() {
        UndertoneConfig config = ConfigReader.parse(
                "dialects: [{name: a, messages: x, kinds: {bot: Client}}]",
                Map.of("UNDERTONE_DIALECTS_0_MESSAGES", "items", "UNDERTONE_DIALECTS_0_KINDS_BOT", "Agent"));
        Dialect dialect = config.dialects().require("a");

        assertThat(dialect.kind("bot")).isEqualTo(SenderKind.AGENT);
        assertThat(edited(dialect, "{\"items\":[{\"t\":\"<ghost>\"}]}")).isEqualTo("{\"items\":[]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mesages: x, frames: true         | dialects[0].mesages is not an option; did you mean 'messages'?
            name: auto                       | dialects[0].name: "auto" is the name of another dialect; choose one of its own
            name: ""                         | dialects[0].name: is empty; write a value or leave the key out
            messages: [a, b..c]              | dialects[0].messages[1]: 'b..c' is no path: write names and indexes, as in [*].data.messages or from.type
            messages: ""                     | dialects[0].messages: is empty; write a value or leave the key out
            rows: ["a[x]"]                   | dialects[0].rows[0]: 'a[x]' is no path: write names and indexes, as in [*].data.messages or from.type
            rows: "[99999999999]"            | dialects[0].rows: '[99999999999]' is no path: write names and indexes, as in [*].data.messages or from.type
            session: [m, n, n]               | dialects[0].session: "n" is named twice; one place means one thing
            session: $                       | dialects[0].session: "$" is the whole payload, of which nothing would be judged; name single fields
            chatId: $                        | dialects[0].chatId: "$" is the whole payload, of which nothing would be judged; name single fields
            words: [a, a]                    | dialects[0].words: "a" is named twice; one place means one thing
            like: acme                       | dialects[0].like: "acme" is no dialect; there are
            visibilities: {internal: Staff}  | dialects[0].visibilities.internal: "Staff" is none of ALL, INT, VIP
            session: m, rows: m              | dialects[0].session: "m" is named twice; one place means one thing
            chatPath: "(a"                   | dialects[0].chatPath: "(a" is no pattern in RE2 syntax (missing closing ))
            downloadPath: "a(?=b)"           | dialects[0].downloadPath: "a(?=b)" is no pattern in RE2 syntax (invalid or unsupported Perl syntax)
            frames: perhaps                  | dialects[0].frames: "perhaps" is none of true, false
            counts: a.b                      | dialects[0].counts: "a.b" leads deeper than into the message; write NAME or [N]
            fields: {txt: a}                 | dialects[0].fields.txt is not an option; did you mean 'text'?
            fields: {text: [a, "b["]}        | dialects[0].fields.text[1]: 'b[' is no path: write names and indexes, as in [*].data.messages or from.type
            fields: {text: a, type: a}       | dialects[0].fields.text: "a" is named twice; one place means one thing
            fields: text                     | dialects[0].fields has to be a mapping of keys to values
            vocabulary: {"a]": [b]}          | dialects[0].vocabulary.a]: 'a]' is no path: write names and indexes, as in [*].data.messages or from.type
            vocabulary: {a: [b, ""]}         | dialects[0].vocabulary.a[1]: is empty; write a value or leave the key out
            kinds: {a: Bot}                  | dialects[0].kinds.a: "Bot" is none of Client, Agent, Supervisor, External, System, Unknown
            decode: {a: zip}                 | dialects[0].decode.a: "zip" is none of json, url, html
            decode: {"a]": url}              | dialects[0].decode.a]: 'a]' is no path: write names and indexes, as in [*].data.messages or from.type
            exempt: [{type: a}, {}]          | dialects[0].exempt[1]: would exempt every message; name the values that one has, such as {type: Notice}
            exempt: {type: a}                | dialects[0].exempt has to be a list; begin each entry with '- '
            harmlessRow: {"[0]": AGENT}      | dialects[0].harmlessRow.[0]: "AGENT" is no JSON; write a text with its quotes, as in '"text"'
            harmlessRow: {"[0]": '"a" "b"'}  | dialects[0].harmlessRow.[0]: ""a" "b"" is no JSON; write a text with its quotes, as in '"text"'
            goesOn: {state: open}            | dialects[0].goesOn.state: "open" is no JSON; write a text with its quotes, as in '"text"'
            goesOn: {state: ""}              | dialects[0].goesOn.state: is empty; write a value or leave the key out
            goesOn: open                     | dialects[0].goesOn has to be a mapping of keys to values
            ended: {state: shut}             | dialects[0].ended.state: "shut" is no JSON; write a text with its quotes, as in '"text"'
            harmlessRow: {"a.b": "1"}        | dialects[0].harmlessRow.a.b: "a.b" leads deeper than into the message; write NAME or [N]
            candidates: [acme]               | dialects[0].candidates[0]: "acme" is no dialect; there are
            """)
    void everyErrorIsNamedWithItsPath(String entry, String error) {
        String name = entry.startsWith("name:") ? "" : "name: mine, ";
        String messages = entry.contains("essages:") || entry.contains("esages:") ? "" : ", messages: messages";

        assertThat(errorsOf("dialects: [{" + name + entry + messages + "}]\nroutes: [{path: /, upstream: http://x}]"))
                .singleElement()
                .asString()
                .startsWith(error);
    }

    @Test
    void allErrorsComeOutAtOnceAndARouteToABrokenDialectIsNone() {
        assertThat(errorsOf("""
                        dialects:
                          - {name: mine, chatPath: "(", messages: "a..b"}
                          - {name: mine, messages: a}
                          - {name: theirs}
                          - {messages: a}
                        routes: [{path: /, upstream: "http://x", dialect: mine}]
                        """))
                .containsExactly(
                        "dialects[0].chatPath: \"(\" is no pattern in RE2 syntax (missing closing ))",
                        "dialects[0].messages: 'a..b' is no path: write names and indexes, as in [*].data.messages or"
                                + " from.type",
                        "dialects[1].name: \"mine\" is the name of another dialect; choose one of its own",
                        "dialects[2]: says nowhere where messages stand; name 'messages', 'rows', 'frames: true' or"
                                + " 'like'",
                        "dialects[3].name: is missing; write what routes call it");
    }

    private static List<String> errorsOf(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, Map.of()))
                .errors();
    }
}
