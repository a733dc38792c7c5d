package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
    private static final String REPLY = """
            {"statusCode":0,"chatId":"0001","messages":[
             {"from":{"type":"Client","nickname":"Joe"},"index":1,"type":"Message","text":"#undertone#?"},
             {"from":{"type":"External","nickname":"Undertone","participantId":2},"index":2,"type":"ParticipantJoined"},
             {"from":{"type":"External","nickname":"x","participantId":2},"index":3,"type":"Message","text":"#under\\u200btone# 17"},
             {"from":{"type":"Robot","nickname":"r"},"index":4,"type":"Message","text":"\\u001b[31m","userData":{"a":"PSST"}},
             {"from":{"type":"Agent","nickname":"Ann"},"index":5,"type":"Message","text":"hi"},
             {"type":"Notice","text":"file-client-cfg-get"}
            ],"nextPosition":6}
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs the command as the program does. */
    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of("explain"));
        line.addAll(List.of(arguments));
        return Undertone.run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                line.toArray(String[]::new));
    }

    /** Explains a payload that comes by standard input, as JSON. */
    private JsonNode explained(String payload, String... arguments) {
        List<String> line = new ArrayList<>(List.of("--format", "json"));
        line.addAll(List.of(arguments));
        ExplainCommand command = new ExplainCommand(
                Map.of(), new ByteArrayInputStream(payload.getBytes(UTF_8)), new PrintStream(out, true, UTF_8));
        assertThat(new CommandLine(command).execute(line.toArray(String[]::new)))
                .isZero();
        return JsonMapper.shared().readTree(out.toByteArray());
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("reply"), content).toString();
    }

    @Test
    void everyMessageIsToldWithItsSenderItsFateAndTheReasons() throws IOException {
        assertThat(run("--dialect", "genesys-v2", "--keyword", "#undertone#", "--keyword", "psst=INT", file(REPLY)))
                .isZero();

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("""
                dialect genesys-v2, type json, audience customer

                message 1, position 1: delivered
                  sender    Client, nickname "Joe"
                  text      "#undertone#?"
                  because   keyword "#undertone#" (flag-1, VIP, contains, loose) stands in its text, but does not count: its 'from' leaves out Client

                message 2, position 2: hidden (VIP), taken out of its list
                  sender    External, nickname "Undertone"
                  because   its sender is a hidden participant, by the nickname "Undertone"

                message 3, position 3: hidden (VIP), taken out of its list
                  sender    External, nickname "x"
                  text      "#under\\u200Btone# 17"
                  because   its sender is a hidden participant, by the id "2" that an event before it had
                  because   keyword "#undertone#" (flag-1, VIP, contains, loose) stands in its text, but that is decided already

                message 4, position 4: hidden (INT), taken out of its list
                  sender    Unknown (spelled "Robot"), nickname "r"
                  text      "\\u001B[31m"
                  because   keyword "psst" (flag-2, INT, contains, loose) stands in another field, "PSST"

                message 5, position 5: delivered
                  sender    Agent, nickname "Ann"
                  text      "hi"
                  because   no keyword stands in it, and its sender is no hidden participant

                message 6: delivered
                  sender    Unknown (none is named)
                  text      "file-client-cfg-get"
                  because   the dialect exempts it: messages with type "Notice" and text "file-client-cfg-get" always arrive

                messages  3 delivered, 0 tagged, 3 removed, 0 replaced, 0 emptied, 0 dropped, 0 withheld
                bytes     636 in, 292 out
                """);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aSupervisorSeesWhatIsTagged() throws IOException {
        assertThat(run("--audience", "Supervisor", "--keyword", "psst=INT", file(REPLY)))
                .isZero();

        assertThat(out.toString(UTF_8))
                .contains("audience supervisor")
                .contains("message 2, position 2: tagged VIP, which the supervisor may see")
                .contains("message 4, position 4: tagged INT, which the supervisor may see")
                .contains("3 delivered, 3 tagged, 0 removed");
    }

    @Test
    void scriptsGetOneObjectInOneLine() {
        JsonNode explanation = explained(REPLY, "--keyword", "psst=INT");

        assertThat(out.toString(UTF_8).lines()).hasSize(1);
        assertThat(explanation.at("/counts").toString())
                .isEqualTo(
                        "{\"delivered\":3,\"tagged\":0,\"removed\":3,\"replaced\":0,\"emptied\":0,\"dropped\":0,\"withheld\":0}");
        assertThat(explanation.at("/unreadable").isNull()).isTrue();
        assertThat(explanation.at("/messages/3").toString())
                .isEqualTo(
                        "{\"number\":4,\"sender\":\"Unknown\",\"fields\":{\"kind\":[\"Robot\"],\"nickname\":[\"r\"],\"position\":[\"4\"],\"type\":[\"Message\"],\"text\":[\"\\u001B[31m\"],\"other\":[\"a\",\"PSST\"]},\"outcome\":\"removed\",\"visibility\":\"INT\",\"reasons\":[{\"rule\":\"keyword\",\"keyword_id\":\"flag-1\",\"keyword\":\"psst\",\"visibility\":\"INT\",\"match\":\"contains\",\"compare\":\"loose\",\"field\":\"other\",\"value\":\"PSST\",\"standing\":\"decides\"}]}");
        assertThat(explanation.at("/messages/1/reasons/0").toString())
                .isEqualTo("{\"rule\":\"hidden_participant\",\"sign\":\"nickname\",\"value\":\"Undertone\"}");
        assertThat(explanation.at("/messages/5/reasons/0").toString())
                .contains("\"rule\":\"exempt\"", "\"type\":\"Notice\"", "\"text\":\"file-client-cfg-get\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            genesys-v2        | json   | {"messages":[{"from":{"type":"Agent"},"text":"#u#"},{"from":{"type":"Client"},"text":"#u#"}]} | removed,delivered
            genesys-v2-cometd | json   | [{"channel":"/x","data":{"messages":[{"text":"#u#"},{"text":"hi"}]}}]                         | removed,delivered
            genesys-v1        | json   | {"transcriptToShow":[["Message.Text","a","#u#","6","AGENT"],["Message.Text","b","#u#","6","CLIENT"]]} | replaced,delivered
            genesys-v1-cometd | json   | [{"data":{"message":{"transcriptToShow":[["Message.Text","a","#u#","6","AGENT"]]}}}]         | replaced
            auto              | json   | {"transcriptToShow":[["Message.Text","a","#u#","6","AGENT"]]}                                 | replaced
            bayeux            | json   | [{"channel":"/meta/connect","data":"#u#"},{"channel":"/chat","data":"#u#"}]                   | emptied,removed
            directline        | json   | {"activities":[{"from":{"role":"bot"},"speak":"#u#"},{"from":{"role":"user"},"text":"#u#"}]}  | removed,delivered
            rocketchat        | json   | {"messages":[{"msg":"#u#","token":"visitor"},{"md":[{"value":"#u#"}]}]}                       | delivered,removed
            chatwoot          | json   | {"content":"#u#","message_type":1}                                                            | withheld
            chatwoot          | lines  | {"content":"#u#","message_type":0}~{"content":"#u#","message_type":1}                         | delivered,dropped
            chatwoot          | events | data: #u#~~data: {"content":"hi"}~~                                                           | dropped,delivered
            connect           | frame  | {"content":"{\\"Content\\":\\"#u#\\",\\"ParticipantRole\\":\\"AGENT\\"}"}                     | dropped
            genesys-cloud     | frame  | {"type":"message","body":{"direction":"Outbound","text":"#u#"}}                               | dropped
            salesforce        | jsonp  | cb({"messages":[{"type":"ChatMessage","message":{"text":"#u#","name":"A"}}]})                 | removed
            """)
    void everyDialectIsExplained(String dialect, String type, String payload, String outcomes) {
        List<String> arguments = new ArrayList<>(List.of("--keyword", "#u#", "--dialect", dialect));
        if (type.equals("frame")) {
            arguments.addAll(List.of("--type", type));
        }

        JsonNode explanation = explained(payload.replace('~', '\n'), arguments.toArray(String[]::new));

        assertThat(explanation.at("/dialect").asString()).isEqualTo(dialect);
        assertThat(explanation.at("/type").asString()).isEqualTo(type);
        assertThat(explanation.at("/messages").valueStream().map(message -> message.get("outcome")
                        .asString()))
                .containsExactly(outcomes.split(","));
    }

    @Test
    void severalFilesAreTheRepliesOfOneChat() throws IOException {
        String event =
                "{\"messages\":[{\"from\":{\"type\":\"External\",\"nickname\":\"%s\",\"participantId\":2},\"type\":\"%s\"}]}";
        String join = Files.writeString(directory.resolve("1"), event.formatted("undertone", "ParticipantJoined"))
                .toString();
        String leave = Files.writeString(directory.resolve("2"), event.formatted("x", "ParticipantLeft"))
                .toString();

        assertThat(run("--format", "json", "--dialect", "genesys-v2", "--keyword", "#u#", join, leave))
                .isZero();
        assertThat(out.toString(UTF_8).lines()).hasSize(2).allMatch(line -> line.contains("\"removed\":1"));
        out.reset();
        assertThat(run("--format", "json", "--dialect", "genesys-v2", "--keyword", "#u#", leave))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("\"removed\":0");
    }

    @Test
    void byThePathAutoKnowsTheDialect() {
        assertThat(explained("{\"activities\":[]}", "--path", "/v3/directline/conversations/7/activities")
                        .at("/dialect")
                        .asString())
                .isEqualTo("directline");
    }

    @Test
    void whyAndWhereAPayloadIsUnreadableIsSaid() throws IOException {
        assertThat(run("--keyword", "#u#", file("{\"messages\":[{\"text\":\"#u#\"}],\n\"note\":\"a #u#\"}")))
                .isZero();

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("""
                dialect auto, type json, audience customer

                message 1: hidden (VIP), taken out of its list
                  sender    Unknown (none is named)
                  text      "#u#"
                  because   keyword "#u#" (flag-1, VIP, contains, loose) stands in its text

                messages  0 delivered, 0 tagged, 1 removed, 0 replaced, 0 emptied, 0 dropped, 0 withheld
                bytes     45 in, 13 out

                unreadable at byte 43 (line 2, column 14): a keyword stands where the dialect knows of no message
                  words     "a #u#"
                  because   keyword "#u#" (flag-1, VIP, contains, loose) stands in them
                  withhold  the reply ends before it
                  pass      the same, for a keyword may be in the rest
                """);
    }

    @Test
    void keywordsAndDialectsOfTheFileAreUsed() throws IOException {
        Path config = Files.writeString(directory.resolve("undertone.yaml"), """
                dialects: [{name: acme, messages: items, fields: {kind: who, text: say}}]
                routes: [{path: /, upstream: "http://acme", dialect: acme}]
                keywords: [{id: k, text: ghost, match: word, from: [External]}]
                """);

        assertThat(
                        run(
                                "--config",
                                config.toString(),
                                file(
                                        "{\"items\":[{\"who\":\"external\",\"say\":\"a ghost\"},{\"who\":\"agent\",\"say\":\"ghost\"}]}")))
                .isZero();

        assertThat(out.toString(UTF_8))
                .contains("dialect acme")
                .contains("message 1: hidden (VIP)")
                .contains("message 2: delivered")
                .contains(
                        "keyword \"ghost\" (k, VIP, word, loose) stands in its text, but does not count: its 'from' leaves out Agent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /nowhere/reply          | undertone: /nowhere/reply does not exist; name a file that holds a reply; see 'undertone explain --help'
            --type xml x            | undertone: --type: "xml" is none of json, lines, events, jsonp, frame; see 'undertone explain --help'
            --dialect gms x         | undertone: --dialect: "gms" is no dialect; there are auto,
            --audience workflow x   | undertone: --audience: "workflow" is none of customer, agent, supervisor; see
            --format xml x          | undertone: --format: "xml" is none of text, json; see
            --keyword a=ALL x       | undertone: --keyword: "a=ALL" ends with the visibility ALL; write TEXT=INT or TEXT=VIP; see
            --config /nowhere.yaml  | undertone: /nowhere.yaml does not exist; name a file that does
            """)
    void aCallersMistakeIsOneLineWithItsMendAndExitCode2(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines()).singleElement().asString().startsWith(message);
        assertThat(out.size()).isZero();
    }
}
