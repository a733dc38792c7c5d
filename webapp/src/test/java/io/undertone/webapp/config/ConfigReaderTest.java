package io.undertone.webapp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.filters.dialect.Dialects;
import io.undertone.filters.keyword.Audience;
import io.undertone.filters.keyword.Compare;
import io.undertone.filters.keyword.HiddenParticipant;
import io.undertone.filters.keyword.Keyword;
import io.undertone.filters.keyword.Match;
import io.undertone.filters.keyword.SenderKind;
import io.undertone.filters.keyword.Visibility;
import io.undertone.filters.payload.OnUnreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String WHOLE = """
            configVersion: 1
            listen:      {host: 127.0.0.1, port: 9080}
            management:  {host: 127.0.0.2, port: 9081, token: abc.DEF_0~1+/-==, tokenFile: /var/lib/undertone/token}
            routes:
              - path: /genesys
                upstream: http://gms:8080
                dialect: genesys-v2
                audience: agent
                onUnreadable: pass
              - {path: /, upstream: [https://other/base]}
            keywords:
              - {id: quiet, text: "#undertone#", visibility: INT, match: word, compare: exact, from: [External, Agent]}
              - {text: psst, from: any}
              - {text: hush}
            hiddenParticipants:
              - {nickname: monitor, kind: Supervisor}
            probe: {nickname: prober, text: "#p#", method: Notice, visibility: INT, transport: http, url: "http://is/esp",
                    notice: {type: T, typeKey: TK, textKey: XK},
                    interactionUrl: "http://is/i/{InteractionId}", attempts: 2, interval: 500ms, timeout: 2m}
            store: {url: "jdbc:postgresql://db/undertone"}
            """;

    @Test
    void everyValueOfTheFileIsRead() {
        UndertoneConfig config = ConfigReader.parse(WHOLE, Map.of());

        assertThat(config.listen()).isEqualTo(new ListenConfig("127.0.0.1", 9080));
        assertThat(config.management())
                .isEqualTo(new ManagementConfig(
                        "127.0.0.2", 9081, "abc.DEF_0~1+/-==", Path.of("/var/lib/undertone/token")));
        assertThat(config.routes())
                .containsExactly(
                        new RouteConfig(
                                "/genesys",
                                URI.create("http://gms:8080"),
                                "genesys-v2",
                                Audience.AGENT,
                                OnUnreadable.PASS),
                        RouteConfig.toEverything(URI.create("https://other/base"), "auto"));
        assertThat(config.keywords())
                .containsExactly(
                        new Keyword(
                                "quiet",
                                "#undertone#",
                                Visibility.INT,
                                Match.WORD,
                                Compare.EXACT,
                                Set.of(SenderKind.EXTERNAL, SenderKind.AGENT)),
                        new Keyword("keyword-2", "psst", Visibility.VIP, Match.CONTAINS, Compare.LOOSE, Keyword.ANYONE),
                        new Keyword(
                                "keyword-3",
                                "hush",
                                Visibility.VIP,
                                Match.CONTAINS,
                                Compare.LOOSE,
                                Keyword.ANYONE_BUT_THE_CUSTOMER));
        assertThat(config.hiddenParticipants())
                .containsExactly(new HiddenParticipant("monitor", SenderKind.SUPERVISOR));
        assertThat(config.probe())
                .isEqualTo(new ProbeConfig(
                        "prober",
                        "#p#",
                        "Notice",
                        Visibility.INT,
                        new NoticeConfig("T", "TK", "XK"),
                        new TransportConfig.Http(URI.create("http://is/esp")),
                        "http://is/i/{InteractionId}",
                        2,
                        Duration.ofMillis(500),
                        Duration.ofMinutes(2)));
        assertThat(config.store().url()).isEqualTo("jdbc:postgresql://db/undertone");
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        UndertoneConfig config = ConfigReader.parse("", Map.of());

        assertThat(config.listen()).isEqualTo(ListenConfig.DEFAULT);
        assertThat(config.management()).isEqualTo(ManagementConfig.DEFAULT);
        assertThat(config.probe()).isEqualTo(ProbeConfig.DEFAULT);
        assertThat(config.routes()).isEmpty();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndReachesIntoLists() {
        UndertoneConfig config = ConfigReader.parse(
                WHOLE,
                Map.of(
                        "UNDERTONE_LISTEN_PORT", "7000",
                        "UNDERTONE_MANAGEMENT_TOKEN", "secret",
                        "UNDERTONE_MANAGEMENT_TOKEN_FILE", "/tmp/token",
                        "UNDERTONE_ROUTES_0_ON_UNREADABLE", "withhold",
                        "UNDERTONE_ROUTES_1_UPSTREAM", "http://elsewhere",
                        "UNDERTONE_KEYWORDS_3_TEXT", "fourth",
                        "UNDERTONE_KEYWORDS_3_FROM_0", "System",
                        "UNDERTONE_PROBE_INTERVAL", "3s",
                        "UNDERTONE_CONFIG", "/etc/undertone.yaml",
                        "UNDERTONE_SERVICE_HOST", "10.0.0.1"));

        assertThat(config.listen().port()).isEqualTo(7000);
        assertThat(config.management().token()).isEqualTo("secret");
        assertThat(config.management().tokenFile()).isEqualTo(Path.of("/tmp/token"));
        assertThat(config.routes().get(0).onUnreadable()).isEqualTo(OnUnreadable.WITHHOLD);
        assertThat(config.routes().get(1).upstream()).isEqualTo(URI.create("http://elsewhere"));
        assertThat(config.keywords()).hasSize(4);
        assertThat(config.keywords().get(3).from()).containsExactly(SenderKind.SYSTEM);
        assertThat(config.probe().interval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void allErrorsComeAtOnceEachWithItsPlace() {
        String yaml = """
                configVersion: 2
                lissen: {port: 1}
                listen: {port: 70000}
                management: {host: "", token: "not a token"}
                routes:
                  - {path: genesys, upstream: "htp:/x", dialect: gms, audience: customers}
                  - {upstream: [http://a, http://b]}
                  - {path: /a/../b, upstream: http://gms?x=1}
                  - just text
                keywords:
                  - {text: "", visibility: ALL, mach: word}
                  - {text: {a: 1}, from: [Bot]}
                hiddenParticipants: undertone
                probe: {url: "http://", attempts: 0, interval: 10, interactionUrl: http://is/}
                store: {url: h2}
                """;

        assertThat(errorsOf(yaml, Map.of("UNDERTONE_PROBE_TIMEOUT", "soon", "UNDERTONE_LISTEN_PROT", "80")))
                .containsExactlyInAnyOrder(
                        "configVersion: \"2\" is not a whole number from 1 to 1",
                        "lissen is not an option; did you mean 'listen'?",
                        "listen.port: \"70000\" is not a whole number from 0 to 65535",
                        "management.host: is empty; write a value or leave the key out",
                        "management.token: a token is made of letters, digits and -._~+/ and may end with =;"
                                + " leave it out to have one made",
                        "routes[0].path: \"genesys\" is not a prefix of a path; write / or, decoded and without a slash"
                                + " at the end, /genesys",
                        "routes[0].upstream: \"htp:/x\" is not a URL; write http://HOST:PORT",
                        "routes[0].dialect: \"gms\" is no dialect; there are "
                                + String.join(", ", new TreeSet<>(Dialects.names())),
                        "routes[0].audience: \"customers\" is none of customer, agent, supervisor",
                        "routes[1].path: is missing; write the prefix of the requests, / for all",
                        "routes[1].upstream: names 2 servers, one is possible; write http://HOST:PORT",
                        "routes[2].path: \"/a/../b\" is not a prefix of a path; write / or, decoded and without a slash"
                                + " at the end, /genesys",
                        "routes[2].upstream: \"http://gms?x=1\" has a query or a fragment; write http://HOST:PORT and"
                                + " perhaps a path",
                        "routes[3] has to be a mapping of keys to values",
                        "keywords[0].text: is empty; write a value or leave the key out",
                        "keywords[0].visibility: \"ALL\" is none of INT, VIP",
                        "keywords[0].mach is not an option; did you mean 'match'?",
                        "keywords[1].text has to be a single value",
                        "keywords[1].from[0]: \"Bot\" is none of Client, Agent, Supervisor, External, System, Unknown, any",
                        "hiddenParticipants has to be a list; begin each entry with '- '",
                        "probe.url: \"http://\" is not a URL; write http://HOST:PORT/PATH",
                        "probe.interactionUrl: \"http://is/\" has no {InteractionId} in it to tell which one",
                        "probe.attempts: \"0\" is not a whole number from 1 to 100",
                        "probe.interval: \"10\" is not a duration; write a number and its unit, such as 500ms, 10s or 2m",
                        "UNDERTONE_PROBE_TIMEOUT: \"soon\" is not a duration; write a number and its unit, such as 500ms,"
                                + " 10s or 2m",
                        "store.url: is no JDBC URL of H2 or PostgreSQL; write jdbc:h2:file:PATH or jdbc:postgresql://HOST/NAME",
                        "UNDERTONE_LISTEN_PROT is not an option; did you mean UNDERTONE_LISTEN_PORT?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen: {port: 8080}~management: {port: 8080} | management.port: 8080 is the port of 'listen' too
            routes: [{path: /, upstream: http://a}, {path: /, upstream: http://b}] | routes: two entries have the path "/"
            keywords: [{id: a, text: b}, {id: a, text: c}] | keywords: two entries have the id "a"
            probe: {url: http://me:pw@is/} | probe.url: has a user name or a password in it
            routes: [{path: /, upstream: "ftp://gms"}] | routes[0].upstream: "ftp://gms" has the scheme ftp, not http or https; write http://HOST:PORT
            keywords: [{text: "a(b", match: regex}] | keywords[0].text: "a(b" is no pattern in RE2 syntax (missing closing ))
            probe: {transport: smtp}  | probe.transport: "smtp" is none of http, template, psdk
            - a list | the file has to be a mapping
            """)
    void whatCannotStandTogetherIsRefused(String yaml, String error) {
        assertThat(errorsOf(yaml.replace("~", "\n"), Map.of()))
                .singleElement()
                .asString()
                .startsWith(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            KEYWORDS_0_TEXT=a KEYWORDS_2_TEXT=c KEYWORDS_2_ID=c      | UNDERTONE_KEYWORDS_2_ID: index 1 is missing before it; number the entries of 'keywords' without a gap
            KEYWORDS_1_TEXT=a                                        | UNDERTONE_KEYWORDS_1_TEXT: index 0 is missing before it; number the entries of 'keywords' without a gap
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM=Bot                    | UNDERTONE_KEYWORDS_0_FROM: "Bot" is none of Client, Agent, Supervisor, External, System, Unknown, any
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM_0=Bot                  | UNDERTONE_KEYWORDS_0_FROM_0: "Bot" is none of Client, Agent, Supervisor, External, System, Unknown, any
            KEYWORDS_0_TEXT=a KEYWORDS_0_FROM_1=Agent                | UNDERTONE_KEYWORDS_0_FROM_1: index 0 is missing before it; number the entries of 'keywords[0].from' without a gap
            ROUTES_0_PATH=/ ROUTES_0_UPSTREAM=gms                    | UNDERTONE_ROUTES_0_UPSTREAM: "gms" is not a URL; write http://HOST:PORT
            """)
    void anErrorOfTheEnvironmentNamesTheVariable(String written, String error) {
        Map<String, String> variables = Stream.of(written.split(" "))
                .map(variable -> variable.split("="))
                .collect(Collectors.toMap(variable -> "UNDERTONE_" + variable[0], variable -> variable[1]));

        assertThat(errorsOf("", variables)).containsExactly(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listen: {port: 1}~listen: {port: 2} | line 2, column 7: this is not YAML (Duplicate Object property "listen")
            listen: {port: 1                    | line 1, column 17: this is not YAML (while parsing a flow mapping)
            listen:~~port: [                    | line 3
            """)
    void aSlipOfYamlIsNamedWithItsLine(String yaml, String where) {
        assertThat(errorsOf(yaml.replace("~", "\n") + "\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(where);
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path directory) {
        Path missing = directory.resolve("undertone.yaml");

        ConfigException error = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(missing, Map.of()));

        assertThat(error.errors()).containsExactly(missing + " does not exist; name a file that does");
    }

    @Test
    void aFileIsReadAsUtf8(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("undertone.yaml"), "keywords: [{text: \"§ü§\"}]");

        assertThat(ConfigReader.read(file, Map.of()).keywords())
                .extracting(Keyword::text)
                .containsExactly("§ü§");
    }

    @Test
    void whereProbesAreSentTheirTextIsAKeyword() {
        UndertoneConfig silent = ConfigReader.parse("probe: {text: '#p#'}", Map.of());
        UndertoneConfig probing = ConfigReader.parse("probe: {text: '#p#', url: 'http://is/'}", Map.of());

        assertThat(silent.effectiveKeywords()).isEmpty();
        assertThat(probing.effectiveKeywords())
                .extracting(Keyword::id, Keyword::text, Keyword::visibility)
                .containsExactly(tuple("probe", "#p#", Visibility.VIP));
    }

    @Test
    void theProbesParticipantIsAlwaysHiddenAndNeverTwice() {
        HiddenParticipant prober = new HiddenParticipant("undertone", SenderKind.EXTERNAL);

        assertThat(ConfigReader.parse("", Map.of()).effectiveHiddenParticipants())
                .containsExactly(prober);
        assertThat(ConfigReader.parse("hiddenParticipants: [{nickname: undertone}]", Map.of())
                        .effectiveHiddenParticipants())
                .isEqualTo(List.of(prober));
    }

    private static List<String> errorsOf(String yaml, Map<String, String> variables) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, variables))
                .errors();
    }

    @Test
    void thePasswordOfTheStoreMayStandInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret\n");

        StoreConfig store = ConfigReader.parse(
                        "store: {url: 'jdbc:postgresql://db/undertone', user: undertone, passwordFile: '" + file + "'}",
                        Map.of())
                .store();

        assertThat(store).isEqualTo(new StoreConfig("jdbc:postgresql://db/undertone", "undertone", "s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "s3cret\nand more\n"})
    void aFileThatIsNotOnePasswordIsRefusedWithoutSayingWhatIsInIt(String content, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("store: {passwordFile: '" + file + "'}", Map.of()))
                .withMessageContaining("store.passwordFile: \"" + file + "\" is a file of")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {url: 'jdbc:mysql://db/u?password=s3cret'}            | store.url: is no JDBC URL of H2 or PostgreSQL
            {url: 'jdbc:postgresql://db:s3cret/u'}                | store.url: is no JDBC URL of H2 or PostgreSQL
            {passwordFile: /no/such/file}                         | store.passwordFile: "/no/such/file" cannot be read; name a file that can
            {password: s3cret, passwordFile: /no/such/file}       | store.passwordFile: stands beside 'password'; keep one of the two
            {user: ''}                                            | store.user: is empty; write a value or leave the key out
            """)
    void whatIsWrongWithTheStoreIsSaidWithoutItsSecrets(String store, String error) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.parse("store: " + store, Map.of()))
                .withMessageContaining(error)
                .withMessageNotContaining("s3cret");
    }
}
