package io.undertone.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command, in this process, on real files. */
class ScrubCommandTest {
    private static final String KEPT = "<message userId='a'><msgText>Grüße</msgText></message>";
    private static final String COACHED = "<message userId='a'><msgText>#coach# be kind</msgText></message>";
    private static final String STORED = "<chatTranscript>" + KEPT + COACHED
            + "<message userId='a'><msgText>#undertone#</msgText></message></chatTranscript>";
    private static final String CLEAN = "<chatTranscript>" + KEPT + "</chatTranscript>";

    @TempDir
    private Path directory;

    private Path transcript;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void storeTranscript() throws IOException {
        transcript = write("stored.xml", STORED);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private int scrub(Object... arguments) {
        String[] all = Stream.concat(
                        Stream.of("scrub", "--keyword", "#undertone#", "--keyword", "#coach#=INT"),
                        Stream.of(arguments).map(Object::toString))
                .toArray(String[]::new);
        return Undertone.run(Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all);
    }

    private List<String> filesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSingleFileGoesToStandardOutputAndTheSummaryDoesNot() throws IOException {
        assertThat(scrub(transcript)).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(CLEAN);
        assertThat(err.toString(UTF_8))
                .isEqualTo(transcript + ": 3 events, 2 hidden: 1 by keyword flag-1, 1 by keyword flag-2\n");
        assertThat(transcript).hasContent(STORED);
    }

    @Test
    void theAudienceDecides() {
        assertThat(scrub("--audience", "agent", transcript)).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("<chatTranscript>" + KEPT + COACHED + "</chatTranscript>");
    }

    @Test
    void inPlaceReplacesTheFileWithItsPermissionsAndLeavesACleanOneAlone() throws IOException {
        Files.setPosixFilePermissions(transcript, PosixFilePermissions.fromString("rw-r--r--"));
        Path clean = write("clean.xml", CLEAN);
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(clean, longAgo);

        assertThat(scrub("--in-place", transcript, clean)).isZero();

        assertThat(transcript).hasContent(CLEAN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(transcript)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.getLastModifiedTime(clean)).isEqualTo(longAgo);
        assertThat(filesIn(directory)).containsExactly("clean.xml", "stored.xml");
    }

    @Test
    void filesGoToADirectoryUnderTheirNames() throws IOException {
        Path json = write("stored.json", "{\"messages\":[{\"text\":\"#undertone#\"}]}");
        Path target = directory.resolve("to/mail");
        assertThat(scrub("--output", target, "--dialect", "genesys-v2", transcript, json))
                .isZero();
        assertThat(target.resolve("stored.xml")).hasContent(CLEAN);
        assertThat(target.resolve("stored.json")).hasContent("{\"messages\":[]}");
        assertThat(transcript).hasContent(STORED);
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndStopsNoOther() throws IOException {
        Path broken = write("broken.xml", "<chatTranscript>\n<message>");
        Path absent = directory.resolve("absent.xml");

        assertThat(scrub("--in-place", broken, absent, transcript)).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("undertone: " + broken + ": line 2, column "))
                .contains("undertone: " + absent + ": there is no such file")
                .hasSize(3);
        assertThat(broken).hasContent("<chatTranscript>\n<message>");
        assertThat(transcript).hasContent(CLEAN);
        assertThat(filesIn(directory)).containsExactly("broken.xml", "stored.xml");
    }

    @Test
    void nothingOfABrokenFileReachesStandardOutput() throws IOException {
        assertThat(scrub(write("broken.xml", "<chatTranscript>" + KEPT))).isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    @Test
    void mistakesAreSaidInOneLineThatTellsHowToMendThem() {
        assertMistake("say '--in-place' or '--output DIR'", transcript, transcript);
        assertMistake("name one", "--in-place", "--output", directory, transcript);
        assertMistake("is none of customer, agent, supervisor", "--audience", "everyone", transcript);
        assertMistake("one would overwrite the other", "--output", "x", transcript, directory.resolve("y/stored.xml"));
        assertMistake("is no dialect", "--dialect", "klingon", transcript);
        assertMistake("say '--in-place'", "--output", directory, transcript);
        assertMistake("name a directory", "--output", transcript, transcript);
        assertThat(transcript).hasContent(STORED);
    }

    private void assertMistake(String mending, Object... arguments) {
        err.reset();
        assertThat(scrub(arguments)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("undertone: ")
                .contains(mending)
                .hasLineCount(1);
    }
}
