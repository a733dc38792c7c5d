package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real command, against the demo: real chats on chat servers that crash. */
class ProbeCommandTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private RunningCommand demo;
    private DemoCentre centre;

    @BeforeEach
    void start() {
        demo = new RunningCommand(directory, "demo");
        centre = new DemoCentre(demo, HttpClient.newHttpClient());
    }

    @AfterEach
    void stop() throws Exception {
        demo.close();
    }

    private int probe(String... arguments) {
        List<String> all = new ArrayList<>(List.of("probe"));
        all.addAll(List.of(arguments));
        if (!all.contains("--url")) {
            all.addAll(List.of("--url", demo.address("management").toString()));
        }
        return Undertone.run(
                Map.of(
                        "UNDERTONE_MANAGEMENT_TOKEN_FILE",
                        directory.resolve("token").toString()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                all.toArray(String[]::new));
    }

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("queue"), content);
    }

    @Test
    void aLivingChatIsToBeRouted() throws Exception {
        String id = centre.startChat();
        String server = centre.serverOf(id);

        assertThat(probe(id)).as(err.toString(UTF_8)).isZero();

        assertThat(out.toString(UTF_8))
                .startsWith(id + ": alive, route it\nA chat server took the probe, so the session exists.\n\n")
                .containsPattern("Z  " + server + "  the server took the probe\n")
                .containsPattern("The customer's browser was last seen \\d+\\.\\d s ago\\.");
    }

    @Test
    void aLostChatIsNotAndEachAttemptIsTold() throws Exception {
        String id = centre.startChat();
        centre.lose(id);

        assertThat(probe(id)).isEqualTo(1);

        assertThat(out.toString(UTF_8)).startsWith(id + ": gone, do not route it\n");
        assertThat(out.toString(UTF_8).lines().filter(line -> line.contains("fault 100: ")))
                .hasSize(3);

        out.reset();
        assertThat(probe(id)).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("It rests on 3 attempts, those of an earlier question among them.");
    }

    @Test
    void oneAnswerIsThereForScriptsToo() throws Exception {
        String id = centre.startChat();

        assertThat(probe("--format", "json", "--server", centre.serverOf(id), id))
                .isZero();

        JsonNode answer = JSON.readTree(out.toString(UTF_8));
        assertThat(answer.path("verdict").asString()).isEqualTo("alive");
        assertThat(answer.path("attempts").get(0).path("outcome").asString()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%1$s;;%2$s;",
                "InteractionId,ChatServerAppName;%1$s,;%2$s,;",
                "{\"InteractionId\":\"%1$s\"};{\"InteractionId\":\"%2$s\"}"
            })
    void theChatsOfAFileAreCountedAndThoseThatStopNamed(String model) throws Exception {
        String lost = centre.startChat();
        String other = centre.startChat();
        assertThat(centre.serverOf(lost)).isNotEqualTo(centre.serverOf(other));
        String server = centre.serverOf(lost);
        centre.lose(lost);

        int exit = probe(
                "--file", file(model.replace(';', '\n').formatted(lost, other)).toString());

        assertThat(exit).as(err.toString(UTF_8)).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "verdict route stop",
                        "alive 1 0",
                        "gone 0 1",
                        "all 1 1",
                        "",
                        "stop verdict server reason",
                        lost + " gone " + server + " interaction_not_found");
    }

    @Test
    void aLineThatIsNoQuestionIsNamedAndDoesNotStopTheOthers() throws Exception {
        String id = centre.startChat();
        Path queue = file("\n{\"InteractionId\":\"" + id + "\"}\n\n{\"ChatServerAppName\":\"A\"}\n");

        assertThat(probe("--file", queue.toString(), "--format", "json")).isEqualTo(2);

        assertThat(out.toString(UTF_8).lines().map(line -> JSON.readTree(line)).toList())
                .hasSize(2)
                .anySatisfy(
                        answer -> assertThat(answer.path("verdict").asString()).isEqualTo("alive"))
                .anySatisfy(answer -> assertThat(answer.path("line").asInt()).isEqualTo(4));
        assertThat(err.toString(UTF_8))
                .isEqualTo("undertone: " + queue
                        + ", line 4: InteractionId is missing or empty: send the id of the interaction to ask about\n");
    }

    @Test
    void aMistakeIsOneLineThatSaysHowToMendIt() throws Exception {
        String publicSide = demo.address("public").toString();
        String queue = file("a,b\n").toString();
        String absent = directory.resolve("absent").toString();

        assertThat(Stream.of(
                                new String[] {},
                                new String[] {"x", "--file", queue},
                                new String[] {"x", "--token", "wrong"},
                                new String[] {"x", "--url", "http://127.0.0.1:1"},
                                new String[] {"x", "--url", publicSide},
                                new String[] {"x", "--token-file", absent},
                                new String[] {"x", "--timeout", "3"},
                                new String[] {"x", "--timeout", "20m"},
                                new String[] {"x", "--format", "xml"},
                                new String[] {"--file", absent},
                                new String[] {"--file", queue})
                        .map(this::mistake))
                .satisfiesExactly(
                        line -> assertThat(line).contains("by its id, or about many by '--file FILE'"),
                        line -> assertThat(line).contains("by its id, or about many by '--file FILE'"),
                        line -> assertThat(line).contains("this is not its token; name the right one by --token-file"),
                        line -> assertThat(line).contains("nothing listens there; start it by 'undertone serve'"),
                        line -> assertThat(line).contains("name the address that it printed as 'management' by --url"),
                        line -> assertThat(line)
                                .contains(absent + " does not exist; name the file with the server's token"),
                        line -> assertThat(line).contains("--timeout: \"3\" is not a duration"),
                        line -> assertThat(line).contains("timeout_ms is not a whole number from 1 to 600000"),
                        line -> assertThat(line).contains("--format: \"xml\" is none of text, json"),
                        line -> assertThat(line)
                                .contains(absent + " does not exist; name a file with the ids of chats"),
                        line -> assertThat(line).contains("line 1 is no id; write one on each line"));
        assertThat(out.size()).isZero();
    }

    private String mistake(String... arguments) {
        err.reset();
        assertThat(probe(arguments)).isEqualTo(2);
        return assertThat(err.toString(UTF_8).lines().toList())
                .hasSize(1)
                .actual()
                .get(0);
    }
}
