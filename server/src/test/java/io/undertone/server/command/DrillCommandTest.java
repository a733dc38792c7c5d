package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrillCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"none", "warm-standby", "n+1"})
    void scriptsAreToldInOneObject(String ha) {
        assertThat(drill("--chats", "40", "--crash-after", "5s", "--ha", ha, "--lose-node", "--format", "json"))
                .isZero();

        assertThat(out.toString(UTF_8).strip())
                .startsWith("{\"ha\":\"" + ha + "\",\"chats\":40,")
                .matches(
                        "\\{\"ha\":\"[^\"]+\",\"chats\":40,"
                                + "\"without\":\\{\"dead_chats_shown\":[1-9]\\d*,\"agent_minutes_lost\":[1-9]\\d*,"
                                + "\"live_chats_stopped\":0},"
                                + "\"with\":\\{\"dead_chats_shown\":0,\"agent_minutes_lost\":0,\"live_chats_stopped\":0,"
                                + "\"probes_seen_by_customers\":0,\"probes_sent\":[1-9]\\d*,\"seconds_until_clean\":[1-9]\\d*}}");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void peopleAreToldInATableAndOnAPage() throws Exception {
        Path page = directory.resolve("drill.html");

        assertThat(drill("--chats", "40", "--ha", "n+1", "--html", page.toString()))
                .isZero();

        assertThat(out.toString(UTF_8))
                .contains("40 chats, 4 agents, high availability: n+1.")
                .contains("with Undertone")
                .contains("No dead chat shown, no live chat stopped, no probe seen.");
        assertThat(Files.readString(page))
                .doesNotContain("{{")
                .doesNotContain("<script")
                .doesNotContain("http:");
        try (WebClient browser = new WebClient()) {
            HtmlPage report = browser.getPage(page.toUri().toURL());
            assertThat(report.querySelectorAll("svg[role=img]"))
                    .extracting(chart -> ((DomElement) chart).getAttribute("aria-label"))
                    .containsExactly(
                            "Open chats that nobody can join", "Agent minutes lost so far", "Probes sent so far");
            assertThat(report.querySelectorAll("polyline")).hasSize(5);
            assertThat(report.querySelector(".outcome").getTextContent()).startsWith("No dead chat shown");
        }
    }

    @Test
    void aConfigurationThatMisjudgesIsANegativeAnswer() throws Exception {
        Path hasty = Files.writeString(directory.resolve("undertone.yaml"), "probe: {attempts: 1}\n");

        assertThat(drill("--chats", "40", "--ha", "warm-standby", "--config", hasty.toString()))
                .isEqualTo(1);

        assertThat(out.toString(UTF_8)).contains("The aims do not hold");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--chats=0 | --chats: \"0\" is not a whole number from 1 to 20000",
                "--crash-after=soon | --crash-after: \"soon\" is not a duration",
                "--crash-after=31m | leaves too little of the hour; write 30m or less",
                "--ha=hot | --ha: \"hot\" is none of none, warm-standby, n+1",
                "--nodes=3 | --nodes: \"3\" is not a whole number from 1 to 2",
                "--seed=-1 | --seed: \"-1\" is not a whole number",
                "--format=xml | --format: \"xml\" is none of text, json",
                "--html=/no/such/directory/x.html | cannot be written; name a file in a directory that is there",
                "--chat=5 | did you mean --chats?"
            })
    void aFlagThatIsWrongIsNamedInOneLine(String flag, String complaint) {
        assertThat(drill(flag)).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains(complaint).hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    private int drill(String... flags) {
        return Undertone.run(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                Stream.concat(Stream.of("drill"), Stream.of(flags)).toArray(String[]::new));
    }
}
